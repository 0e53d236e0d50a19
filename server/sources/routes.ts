import * as sourcesApi from "../../core/api/sources";
import type { Api } from "../http/api";
import { pageById } from "../http/page";
import { sourceActivity } from "./activity";
import { createSource, getSource, listSources, renameSource } from "./sources";

export function sourceRoutes(api: Api): void {
  api.implement(sourcesApi.listSources, ({ query, services }) =>
    pageById(query, (page) => listSources(services.metadata, page)),
  );
  api.implement(sourcesApi.createSource, ({ body, services }) => createSource(services.metadata, body.name));
  api.implement(sourcesApi.updateSource, ({ params, body, services }) =>
    renameSource(services.metadata, params.id, body.name),
  );
  api.implement(sourcesApi.getSource, async ({ params, services, signal }) => {
    const source = await getSource(services.metadata, params.id);
    return { ...source, ...(await sourceActivity(services.eventStore, source.id, { signal })) };
  });
}
