import * as membershipsApi from "@/core/api/memberships";
import { AppError } from "@/core/errors";
import { readAudience } from "@/server/audiences/stored";
import type { Api } from "@/server/http/api";
import { streamedResponse } from "@/server/http/streamed-response";
import { answeredChanges } from "./answered-changes";
import { changeEvents } from "./change-stream";
import { changesByDay } from "./changes-by-day";
import { readChanges } from "./read-changes";

export function membershipRoutes(api: Api): void {
  api.implement(membershipsApi.changesByDay, async ({ params, query, services }) => {
    await readAudience(services, params.id);
    return changesByDay(services, params.id, query.days);
  });
  api.implement(membershipsApi.checkMembers, async ({ params, services }) => {
    await readAudience(services, params.id);
    const difference = await services.memberships.check(params.id);
    const current = services.memberships.current(params.id);
    if (!difference || !current) throw new AppError("conflict", "Nobody's membership is kept of an archived audience.");
    const { entered, exited } = difference;
    return { members: current.members.count, missing: entered.count, surplus: exited.count };
  });
  api.implement(membershipsApi.streamChanges, async ({ params, query, services, signal, request }) => {
    await readAudience(services, params.id);
    // A browser that connects anew names the last event that it has seen, by which the address is out of date.
    const last = request.headers.get("last-event-id") ?? query.cursor;
    const after = last === undefined ? undefined : cursorOf(last);
    return streamedResponse(changeEvents(services, params.id, after, signal), {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
  });
  api.implement(membershipsApi.listChanges, async ({ params, query, services }) => {
    await readAudience(services, params.id);
    const { cursor, limit, order, change, from, to } = query;
    const { items, nextCursor } = await readChanges(services, {
      audienceId: params.id,
      ...(cursor !== undefined && { after: cursorOf(cursor) }),
      ...(limit !== undefined && { limit }),
      newestFirst: order === "newest",
      change,
      from: from === undefined ? undefined : Date.parse(from),
      to: to === undefined ? undefined : Date.parse(to),
    });
    return {
      items: await answeredChanges(services, params.id, items),
      nextCursor: nextCursor === null ? null : String(nextCursor),
    };
  });
}

function cursorOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new AppError("invalid", "This cursor is not one of a change.", "cursor");
}
