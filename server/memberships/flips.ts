import type { AudienceDefinition } from "@/core/audience/definition";
import { type EvaluationContext, evaluate } from "@/core/audience/evaluate";
import { nextChangeAt } from "@/core/audience/next-change";
import type { Person } from "@/core/audience/person";

/** A change of one person's membership of one audience. */
export interface Flip {
  /** Milliseconds since the epoch: the first at which it is so. */
  readonly at: number;
  readonly entered: boolean;
}

interface Span {
  /** Whether the log has the person in the audience. */
  member: boolean;
  /** The log is complete up to `from`; it is to be complete up to `to`. Milliseconds since the epoch. */
  from: number;
  to: number;
  /** The timestamp of the earliest message that is new; undefined where none is. */
  heardAt?: number | undefined;
}

/** More than that nobody enters and leaves in the time between two looks; who does is taken as they are at the end. */
const mostFlips = 10_000;

/**
 * The changes that bring the log of one person from `from` to `to`: first what is found to have been otherwise at `from`, from
 * the moment on since which it was so by what is known now, but not before the first new message; then each change at its own
 * moment. Of a history too long to try each moment of, what is different at `to` is told as of `to`.
 */
export function flipsOf(
  definition: AudienceDefinition,
  person: Person,
  { member, from, to, heardAt }: Span,
  context: EvaluationContext,
): Flip[] {
  const flips: Flip[] = [];
  let held = member;
  if (evaluate(definition, person, from, context) !== member) {
    held = !member;
    flips.push({ at: heardAt === undefined || heardAt > from ? from : lastFlip(heardAt), entered: held });
  }
  for (let moment = from; flips.length < mostFlips; ) {
    const next = nextChangeAt(definition, person, moment, context, to);
    if (next === undefined) break;
    if (next === null) return flips;
    held = !held;
    flips.push({ at: next, entered: held });
    moment = next;
  }
  const ends = evaluate(definition, person, to, context);
  return ends === held ? flips : [...flips, { at: to, entered: ends }];

  /** The last moment from `first` to `from` at which the answer changed; `first` where it did not. */
  function lastFlip(first: number): number {
    let last = first;
    for (let tries = 0; tries < mostFlips; tries += 1) {
      const next = nextChangeAt(definition, person, last, context, from);
      if (next === null || next === undefined) return last;
      last = next;
    }
    return last;
  }
}
