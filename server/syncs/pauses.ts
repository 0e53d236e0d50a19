import type { DeliveryFault } from "../destinations/delivery-error";

const firstMs = 1_000;
const longestMs = 5 * 60_000;
/** Somebody must do something first: asking often would help nobody. */
const firstByHandMs = 30_000;
const longestByHandMs = 15 * 60_000;

/**
 * Milliseconds before the next attempt: doubling from one to the next, a random half of it, so that what failed together does
 * not come back together. Never less than what the tool asked for.
 */
export function pauseBefore(
  attempt: number,
  fault: DeliveryFault,
  retryAfterMs: number | undefined,
  random: () => number = Math.random,
): number {
  const byHand = fault === "credential" || fault === "settings";
  const [first, longest] = byHand ? [firstByHandMs, longestByHandMs] : [firstMs, longestMs];
  const whole = Math.min(longest, first * 2 ** Math.min(attempt - 1, 30));
  return Math.max(Math.round(whole / 2 + (random() * whole) / 2), retryAfterMs ?? 0);
}
