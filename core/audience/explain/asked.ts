import type { EvaluationContext } from "../evaluate";
import type { Person } from "../person";

/** Of whom, as of when (milliseconds since the epoch) and in what world it is asked. */
export interface Asked {
  person: Person;
  now: number;
  context: EvaluationContext;
}
