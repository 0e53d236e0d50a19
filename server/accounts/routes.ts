import * as accountsApi from "@/core/api/accounts";
import { sql } from "@/server/event-store/sql";
import type { Api } from "@/server/http/api";
import { profileId } from "@/server/profiles/profile-id";
import { sourceNames } from "@/server/profiles/source-names";
import { readTimelines } from "@/server/profiles/timeline";
import { getAccount, listAccounts } from "./accounts";
import { listAccountPeople, peopleOfAccount } from "./people";
import { readAccountTraitHistory } from "./trait-history";

export function accountRoutes(api: Api): void {
  api.implement(accountsApi.listAccounts, ({ query, services }) =>
    listAccounts(services.eventStore, services.now().getTime(), query),
  );
  api.implement(accountsApi.getAccount, ({ params, services }) =>
    getAccount(services.eventStore, params.id, services.now().getTime()),
  );
  api.implement(accountsApi.listAccountPeople, async ({ params, query, services }) => {
    const now = services.now().getTime();
    const [people] = await Promise.all([
      listAccountPeople(services.eventStore, params.id, now, query),
      getAccount(services.eventStore, params.id, now),
    ]);
    return people;
  });
  api.implement(accountsApi.listAccountTraitChanges, async ({ params, query, services }) => {
    const now = services.now().getTime();
    const [items] = await Promise.all([
      readAccountTraitHistory(services.eventStore, params.id, now, query),
      getAccount(services.eventStore, params.id, now),
    ]);
    return { items, nextCursor: null };
  });
  api.implement(accountsApi.listAccountMessages, async ({ params, query, services }) => {
    const now = services.now().getTime();
    const [names] = await Promise.all([
      sourceNames(services.metadata),
      getAccount(services.eventStore, params.id, now),
    ]);
    const who = sql`profile IN ${peopleOfAccount(params.id, now)}`;
    const { items, nextCursor } = await readTimelines(services.eventStore, who, now, names, query);
    return { items: items.map(({ profile, message }) => ({ ...message, profileId: profileId(profile) })), nextCursor };
  });
}
