import { durationMs } from "../duration";
import type { JsonObject } from "../event/message";
import type { TraitNode } from "./filter";
import { holds } from "./operators";
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
  const fits = (traits: JsonObject) => holds(node, valuesAt(traits, node.trait), moment);
  let traits: JsonObject = {};
  let since = fits(traits) ? messages[0]?.timestamp : undefined;
  for (const { type, timestamp, properties } of messages) {
    if (type !== "identify") continue;
    traits = { ...traits, ...properties };
    since = fits(traits) ? (since ?? timestamp) : undefined;
  }
  return since;
}
