import type * as z from "zod";
import type { changeBatch, MembershipChange } from "@/core/api/memberships";

/** The end of an audience's log as far as it was heard: nothing is missing within it. */
export interface HeardChanges {
  /** Newest first. */
  readonly changes: readonly MembershipChange[];
  /** Whether there are older ones to be asked for, from the cursor of the last on. */
  readonly hasOlder: boolean;
}

/** Changes held at a time; older ones are asked for again where they are looked at. */
const mostHeld = 2_000;
const heldThen = 200;

/** What was heard, with a batch that came in. Where more came than the batch holds, the log begins anew with it. */
export function withBatch(heard: HeardChanges, { items, more }: z.infer<typeof changeBatch>): HeardChanges {
  const newest = Number(heard.changes[0]?.cursor ?? 0);
  const news = items.filter(({ cursor }) => Number(cursor) > newest).reverse();
  if (news.length === 0) return heard;
  if (more) return { changes: news, hasOlder: true };
  const changes = [...news, ...heard.changes];
  if (changes.length <= mostHeld) return { changes, hasOlder: heard.hasOlder };
  return { changes: changes.slice(0, heldThen), hasOlder: true };
}

/** How many of these changes are newer than those of another moment. */
export function newerThan(changes: readonly MembershipChange[], still: readonly MembershipChange[]): number {
  const newest = Number(still[0]?.cursor ?? 0);
  const at = changes.findIndex(({ cursor }) => Number(cursor) <= newest);
  return at === -1 ? changes.length : at;
}
