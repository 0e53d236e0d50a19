import * as membershipsApi from "@/core/api/memberships";
import { AppError } from "@/core/errors";
import { readAudience } from "@/server/audiences/stored";
import type { Api } from "@/server/http/api";
import { type RecordedChange, readChanges } from "./read-changes";

export function membershipRoutes(api: Api): void {
  api.implement(membershipsApi.listChanges, async ({ params, query, services }) => {
    await readAudience(services, params.id);
    const { items, nextCursor } = await readChanges(services, {
      audienceId: params.id,
      ...(query.cursor !== undefined && { after: cursorOf(query.cursor) }),
      ...(query.limit !== undefined && { limit: query.limit }),
      newestFirst: query.order === "newest",
    });
    return { items: items.map(answered), nextCursor: nextCursor === null ? null : String(nextCursor) };
  });
}

function cursorOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new AppError("invalid", "This cursor is not one of a change.", "cursor");
}

/** As the API answers it. */
function answered({ profile: _, ...change }: RecordedChange): membershipsApi.MembershipChange {
  return {
    ...change,
    cursor: String(change.cursor),
    anonymousIds: [...change.anonymousIds],
    at: new Date(change.at).toISOString(),
    recordedAt: new Date(change.recordedAt).toISOString(),
  };
}
