import { formatCount } from "@/client/format";
import type { Sync } from "@/core/api/syncs";

/** What a sync sends, in a sentence. */
export function whatItSends({ sendsEntering, sendsLeaving, suppression }: Sync): string {
  const when = sendsEntering && sendsLeaving ? "entering and leaving" : sendsEntering ? "entering" : "leaving";
  return `Sends on ${when}${suppression === null ? "" : `, never people of ${suppression.name}`}.`;
}

/** What it is doing, in a few words. */
export function whatItDoes({ status, phase, trouble, progress: { done, total } }: Sync): string {
  if (status === "cancelled") return "Cancelled";
  if (status === "paused") return "Paused";
  if (trouble !== null) return "Failing";
  if (phase === "waiting") return "Finding who is in the audience";
  if (phase === "first") return `First sync: ${formatCount(done)} of ${formatCount(total)}`;
  return "Up to date";
}
