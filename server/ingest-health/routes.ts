import { getIngestHealth } from "../../core/api/ingest-health";
import type { Api } from "../http/api";
import { readIngestHealth } from "./health";

export function ingestHealthRoutes(api: Api): void {
  api.implement(getIngestHealth, ({ query, services, signal }) => readIngestHealth(services, query, signal));
}
