import { getOverview } from "@/core/api/workspace";
import type { Api } from "@/server/http/api";
import { readOverview } from "./overview";

export function overviewRoutes(api: Api): void {
  api.implement(getOverview, ({ query, services }) => readOverview(services, query));
}
