import { isReservedTrait, operatorsByOperand } from "@/core/audience/filter";
import type { TraitRow } from "./draft";

/** Whether it can be asked how long a trait has fitted: not of what is no trait, nor of what moves with time itself. */
export function canBeHeld({ trait, op }: Pick<TraitRow, "trait" | "op">): boolean {
  const relative = operatorsByOperand.duration.some((moving) => moving === op);
  return trait !== null && !isReservedTrait(trait) && !relative;
}
