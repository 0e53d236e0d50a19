import { assertNever } from "../errors";
import type { HistoryMessage } from "../event/message";
import type { AudienceDefinition, AudienceNode, AudienceTree, EventNode } from "./definition";
import type { TraitNode } from "./filter";
import { matchesEvent } from "./match-event";
import { holds, type Moment } from "./operators";
import { type Person, traitsOf } from "./person";
import { type AudiencesById, audienceById, checkReferences } from "./references";
import { sequenceHolds } from "./sequence";
import { valuesAt } from "./value";
import { windowBounds } from "./window";

/** What a definition is evaluated against, besides the person and the moment. */
export interface EvaluationContext {
  /** IANA name of the workspace's zone. */
  timeZone: string;
  audiences: AudiencesById;
}

/** Everything that a node may look at: the person as they were at `now`. */
interface Subject {
  person: Person;
  /** Those that exist at `now`, in Order. */
  messages: readonly HistoryMessage[];
  moment: Moment;
  audiences: AudiencesById;
}

/**
 * Whether a person is in an audience at `now` (milliseconds since the epoch). This is what definitions mean, for one
 * person, slow and obvious; the compiler must agree with it. Throws `invalid` for audiences that refer to none or to
 * themselves, and for instants that are no dates.
 */
export function evaluate(
  definition: AudienceDefinition,
  person: Person,
  now: number,
  { timeZone, audiences }: EvaluationContext,
): boolean {
  checkReferences(definition, audiences);
  return isMember(definition, subjectAt(person, { now, timeZone }, audiences));
}

/** Whether one node holds for a person, who is taken to be a candidate. */
export function nodeHolds(node: AudienceTree, person: Person, now: number, context: EvaluationContext): boolean {
  return subtreeHolds(node, subjectAt(person, { now, timeZone: context.timeZone }, context.audiences));
}

function subjectAt(person: Person, moment: Moment, audiences: AudiencesById): Subject {
  return { person, messages: person.messages.filter((message) => message.timestamp <= moment.now), moment, audiences };
}

function isMember(definition: AudienceDefinition, subject: Subject): boolean {
  return isCandidate(definition, subject) && subtreeHolds(definition.root, subject);
}

function isCandidate({ includeAnonymous = false }: AudienceDefinition, { person, messages }: Subject): boolean {
  return messages.length > 0 && (person.userId !== null || includeAnonymous);
}

function subtreeHolds(node: AudienceTree, subject: Subject): boolean {
  switch (node.kind) {
    case "all":
      return node.conditions.every((child) => subtreeHolds(child, subject));
    case "any":
      return node.conditions.some((child) => subtreeHolds(child, subject));
    case "not":
      return !subtreeHolds(node.condition, subject);
    case "event":
      return eventHolds(node, subject);
    case "trait":
      return traitHolds(node, subject);
    case "sequence":
      return sequenceHolds(node, subject.messages, subject.moment);
    case "audience":
      return audienceHolds(node, subject);
    default:
      return assertNever(node);
  }
}

function eventHolds(node: EventNode, { messages, moment }: Subject): boolean {
  const { from, to } = windowBounds(node.window, moment);
  const times = messages.filter(
    (message) => from <= message.timestamp && message.timestamp < to && matchesEvent(node, message, moment),
  ).length;
  const { op, value } = node.count ?? { op: "at_least", value: 1 };
  switch (op) {
    case "at_least":
      return times >= value;
    case "exactly":
      return times === value;
    case "at_most":
      return times <= value;
    default:
      return assertNever(op);
  }
}

function traitHolds(node: TraitNode, { messages, moment }: Subject): boolean {
  return holds(node, valuesAt(traitsOf(messages), node.trait), moment);
}

function audienceHolds({ audienceId, member }: AudienceNode, subject: Subject): boolean {
  const { definition } = audienceById(subject.audiences, { audienceId, path: "root" });
  return isMember(definition, subject) === member;
}
