import type { MembershipChange } from "@/core/api/memberships";
import type { RecordedChange } from "./read-changes";

/** A change as the API answers it. */
export function answeredChange({ profile: _, ...change }: RecordedChange): MembershipChange {
  return {
    ...change,
    cursor: String(change.cursor),
    anonymousIds: [...change.anonymousIds],
    at: new Date(change.at).toISOString(),
    recordedAt: new Date(change.recordedAt).toISOString(),
  };
}
