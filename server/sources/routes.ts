import * as sourcesApi from "../../core/api/sources";
import type { Api } from "../http/api";
import { pageById, pageOf } from "../http/page";
import type { Installation } from "../services";
import { getWorkspace } from "../workspace/workspace";
import { sourceActivity } from "./activity";
import { sourceProperties, sourceSchema } from "./schema";
import { createSource, getSource, listSources, updateSource } from "./sources";
import { revokeWriteKey, rotateWriteKey } from "./write-keys";

export function sourceRoutes(api: Api, { writeKeys }: Installation): void {
  /** What was changed holds for the next message already. */
  async function changed<Answer>(change: Promise<Answer>): Promise<Answer> {
    const answer = await change;
    writeKeys.forget();
    return answer;
  }

  api.implement(sourcesApi.listSources, ({ query, services }) =>
    pageById(query, (page) => listSources(services.metadata, page, query.archived === "true")),
  );
  api.implement(sourcesApi.createSource, ({ body, services }) => {
    const { name, ...settings } = body;
    return createSource(services.metadata, name, settings);
  });
  api.implement(sourcesApi.updateSource, ({ params, body, services }) =>
    changed(updateSource(services.metadata, params.id, body, services.now())),
  );
  api.implement(sourcesApi.archiveSource, ({ params, services }) =>
    changed(updateSource(services.metadata, params.id, { archived: true }, services.now())),
  );
  api.implement(sourcesApi.getSource, async ({ params, services, signal }) => {
    const source = await getSource(services.metadata, params.id);
    return { ...source, ...(await sourceActivity(services.eventStore, source.id, { signal })) };
  });
  api.implement(sourcesApi.sourceSchema, async ({ params, query, services, signal }) => {
    const { id } = await getSource(services.metadata, params.id);
    const { timeZone } = await getWorkspace(services.metadata);
    const now = services.now();
    const events = await sourceSchema(services.eventStore, id, now.getTime(), timeZone, { signal });
    return { ...pageOf(events, query, ({ type, event }) => `${type} ${event}`), asOf: now.toISOString() };
  });
  api.implement(sourcesApi.sourceProperties, async ({ params, query, services, signal }) => {
    const { id } = await getSource(services.metadata, params.id);
    const which = { source: id, type: query.type, event: query.event ?? "" };
    return sourceProperties(services.eventStore, which, services.now().getTime(), { signal });
  });
  api.implement(sourcesApi.rotateWriteKey, ({ params, body, services }) =>
    changed(rotateWriteKey(services.metadata, params.id, body.overlapMinutes, services.now())),
  );
  api.implement(sourcesApi.revokeWriteKey, ({ params, services }) =>
    changed(revokeWriteKey(services.metadata, params.id, params.key, services.now())),
  );
}
