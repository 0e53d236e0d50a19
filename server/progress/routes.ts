import { getProgress } from "@/core/api/progress";
import type { Api } from "@/server/http/api";
import { shareOf } from "./progress";

export function progressRoutes(api: Api): void {
  api.implement(getProgress, async ({ params, services }) => ({ share: shareOf(services, params.id) }));
}
