import * as profilesApi from "@/core/api/profiles";
import { accountsOf } from "@/server/accounts/people";
import type { Api } from "@/server/http/api";
import { audiencesOf } from "./audiences-of";
import { explainProfile } from "./explain";
import { getProfile } from "./get";
import { listProfiles } from "./list";
import { resolveProfile } from "./resolve";
import { sourceNames } from "./source-names";
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
    const [found, audiences, accounts] = await Promise.all([
      getProfile(services.eventStore, profile, now),
      audiencesOf(services, profile, now),
      accountsOf(services.eventStore, profile, now),
    ]);
    return { ...found, audiences, accounts };
  });
  api.implement(profilesApi.listMessages, async ({ params, query, services }) => {
    const now = services.now().getTime();
    const profile = await resolveProfile(services.eventStore, params.id);
    const [names] = await Promise.all([sourceNames(services.metadata), getProfile(services.eventStore, profile, now)]);
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
