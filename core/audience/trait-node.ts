import { durationMs } from "../duration";
import type { TraitNode } from "./filter";
import { holds } from "./operators";
import { traitsOf } from "./person";
import type { Subject } from "./subject";
import { traitValues } from "./trait-values";
import { valuesAt } from "./value";

/** Whether a trait condition holds at `now`, and where it says so has held for long enough. */
export function traitHolds(node: TraitNode, subject: Subject): boolean {
  if (!node.heldFor) return holds(node, traitValues(node.trait, subject), subject.moment);
  const since = fitsSince(node, subject);
  return since !== undefined && since + durationMs(node.heldFor) <= subject.moment.now;
}

/**
 * Since when a trait has fitted without a break; undefined when it does not fit at `now`. Every state in between counts,
 * one that another message ended at the same timestamp among them; before it is set, a trait is absent from the
 * person's first message on.
 */
export function fitsSince(node: TraitNode, { messages, moment }: Subject): number | undefined {
  const [first] = messages;
  const states = [
    ...(first ? [{ at: first.timestamp, upTo: 0 }] : []),
    ...messages.flatMap(({ type, timestamp }, index) =>
      type === "identify" ? [{ at: timestamp, upTo: index + 1 }] : [],
    ),
  ];
  return states.reduce<number | undefined>((since, { at, upTo }) => {
    const values = valuesAt(traitsOf(messages.slice(0, upTo)), node.trait);
    return holds(node, values, moment) ? (since ?? at) : undefined;
  }, undefined);
}
