import type { HistoryMessage } from "../event/message";
import type { Moment } from "./operators";
import type { Person } from "./person";

/** Everything that a condition may look at: the person as they were at `now`. */
export interface Subject {
  person: Person;
  /** Those that exist at `now`, in Order. */
  messages: readonly HistoryMessage[];
  moment: Moment;
}

/** A person as of a moment: a message with a later timestamp does not exist yet. */
export function subjectAt(person: Person, moment: Moment): Subject {
  return { person, messages: person.messages.filter((message) => message.timestamp <= moment.now), moment };
}
