import * as profilesApi from "@/core/api/profiles";
import { accountsOf } from "@/server/accounts/people";
import type { Api } from "@/server/http/api";
import { sinceWhen } from "@/server/memberships/since";
import type { Services } from "@/server/services";
import { audiencesOf } from "./audiences-of";
import { explainProfile } from "./explain";
import { getProfile } from "./get";
import { listProfiles } from "./list";
import { resolveProfile } from "./resolve";
import { sourceNames } from "./source-names";
import { readTimeline } from "./timeline";
import { readTraitHistory } from "./trait-history";

export function profileRoutes(api: Api): void {
  api.implement(profilesApi.listProfiles, async ({ query, services }) => {
    const found = await listProfiles(services.eventStore, services.now().getTime(), {
      ...query,
      includeAnonymous: query.includeAnonymous !== "false",
    });
    const [person] = found.items;
    return query.userId === undefined || person === undefined
      ? found
      : { ...(await wholeProfile(services, person.id)), ...found };
  });
  api.implement(profilesApi.getProfile, ({ params, services }) => wholeProfile(services, params.id));
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

async function wholeProfile(services: Services, id: string): Promise<profilesApi.Profile> {
  const now = services.now().getTime();
  const profile = await resolveProfile(services.eventStore, id);
  const [found, audiences, accounts] = await Promise.all([
    getProfile(services.eventStore, profile, now),
    audiencesOf(services, profile, now),
    accountsOf(services.eventStore, profile, now),
  ]);
  const since = await sinceWhen(
    services,
    profile,
    audiences.map(({ id }) => id),
  );
  return {
    ...found,
    audiences: audiences.map((audience) => {
      const { enteredAt = null, reason = [] } = since.get(audience.id) ?? {};
      return { ...audience, enteredAt, reason };
    }),
    accounts,
  };
}
