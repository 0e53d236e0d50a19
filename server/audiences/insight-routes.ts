import * as insightApi from "@/core/api/audience-insight";
import type { Api } from "@/server/http/api";
import { ndjsonResponse } from "@/server/http/streamed-response";
import { breakDownByTrait } from "./breakdown";
import { compareDefinitions } from "./compare";
import { overlapOfAudiences } from "./overlap";
import { sizeHistory } from "./size-history";

/** What can be asked of a definition, saved or not, besides its preview. */
export function insightRoutes(api: Api): void {
  api.implement(insightApi.compareDefinitions, ({ body, services, signal }) =>
    compareDefinitions(services, body, signal),
  );
  api.implement(insightApi.sizeHistory, async ({ body, services, signal, request }) =>
    ndjsonResponse(await sizeHistory(services, body, signal), request, services.log),
  );
  api.implement(insightApi.breakDownByTrait, ({ body, services, signal }) => breakDownByTrait(services, body, signal));
  api.implement(insightApi.overlapOfAudiences, ({ body, services, signal }) =>
    overlapOfAudiences(services, body, signal),
  );
}
