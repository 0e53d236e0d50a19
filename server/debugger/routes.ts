import * as debuggerApi from "../../core/api/debugger";
import type { Api } from "../http/api";
import { streamedResponse } from "../http/streamed-response";
import { keptDays, keptMessages } from "./keeping";
import { keptReasons, listKept } from "./kept-messages";
import { liveTest } from "./live-filter";
import { liveMessage } from "./live-messages";
import { liveEvents } from "./live-stream";
import { replay } from "./replay";

const defaultLimit = 250;

export function debuggerRoutes(api: Api): void {
  api.implement(debuggerApi.listArrived, async ({ query: { limit = defaultLimit, ...filter }, services }) => {
    const items = services.live.recent(filter.sourceId).filter(liveTest(filter)).slice(-limit).reverse();
    return { items: items.map(liveMessage), asOf: services.now().toISOString() };
  });
  api.implement(debuggerApi.streamArrived, ({ query, services, signal, request }) => {
    const after = Number(request.headers.get("last-event-id") ?? 0) || 0;
    return streamedResponse(liveEvents(services.live, query, after, signal), {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
  });
  api.implement(debuggerApi.listKept, async ({ query, services, signal }) => {
    await services.figures.flush();
    return listKept(services.eventStore, query, { signal });
  });
  api.implement(debuggerApi.listKeptReasons, async ({ query, services, signal }) => {
    await services.figures.flush();
    return { items: await keptReasons(services.eventStore, query.sourceId, { signal }), keptDays, keptMessages };
  });
  api.implement(debuggerApi.replayKept, ({ body, services }) => replay(services, body));
}
