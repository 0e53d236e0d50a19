import * as sourcesApi from "../../core/api/sources";
import type { Api } from "../http/api";
import { pageById } from "../http/page";
import type { Installation } from "../services";
import { sourceActivity } from "./activity";
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
  api.implement(sourcesApi.rotateWriteKey, ({ params, body, services }) =>
    changed(rotateWriteKey(services.metadata, params.id, body.overlapMinutes, services.now())),
  );
  api.implement(sourcesApi.revokeWriteKey, ({ params, services }) =>
    changed(revokeWriteKey(services.metadata, params.id, params.key, services.now())),
  );
}
