import * as profilesApi from "@/core/api/profiles";
import type { Api } from "@/server/http/api";
import { audiencesOf } from "./audiences-of";
import { explainProfile } from "./explain";
import { getProfile } from "./get";
import { listProfiles } from "./list";
import { resolveProfile } from "./resolve";
import { readTimeline } from "./timeline";
import { readTraitHistory } from "./trait-history";

export function profileRoutes(api: Api): void {
  api.implement(profilesApi.listProfiles, ({ query, services }) =>
    listProfiles(services.eventStore, services.now().getTime(), {
      ...query,
      includeAnonymous: query.includeAnonymous !== "false",
    }),
  );
  api.implement(profilesApi.getProfile, async ({ params, services }) => {
    const now = services.now().getTime();
    const profile = await resolveProfile(services.eventStore, params.id);
    const [found, audiences] = await Promise.all([
      getProfile(services.eventStore, profile, now),
      audiencesOf(services, profile, now),
    ]);
    return { ...found, audiences };
  });
  api.implement(profilesApi.listMessages, async ({ params, query, services }) => {
    const now = services.now().getTime();
    const profile = await resolveProfile(services.eventStore, params.id);
    const [sources] = await Promise.all([
      services.metadata.source.findMany({ select: { id: true, name: true } }),
      getProfile(services.eventStore, profile, now),
    ]);
    const names = new Map(sources.map(({ id, name }) => [id, name]));
    return readTimeline(services.eventStore, profile, now, names, query);
  });
  api.implement(profilesApi.listTraitChanges, async ({ params, query, services }) => {
    const now = services.now().getTime();
    const profile = await resolveProfile(services.eventStore, params.id);
    const [items] = await Promise.all([
      readTraitHistory(services.eventStore, profile, now, query),
      getProfile(services.eventStore, profile, now),
    ]);
    return { items, nextCursor: null };
  });
  api.implement(profilesApi.explainProfile, ({ params, body, services, signal }) =>
    explainProfile(services, params.id, body, signal),
  );
}
