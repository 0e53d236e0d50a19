import * as identityApi from "../../core/api/identity";
import * as suppressionsApi from "../../core/api/suppressions";
import { AppError } from "../../core/errors";
import type { Api } from "../http/api";
import { resolveProfile } from "../profiles/resolve";
import { mergePeople, previewMerge, previewSplit, splitPerson } from "./change-people";
import { deletePerson, listDeletions } from "./delete-person";
import { dismissDuplicate, listDuplicates } from "./duplicates";
import { readIdentity } from "./read-log";
import { readIdentityRules, updateIdentityRules } from "./rules";
import { liftSuppression, suppressId, suppressionsPage } from "./suppressions";

export function identityRoutes(api: Api): void {
  api.implement(identityApi.getProfileIdentity, async ({ params, services: { eventStore } }) => {
    const identity = await readIdentity(eventStore, await resolveProfile(eventStore, params.id));
    // Whoever is there has an identifier.
    if (identity.identifiers.length > 0) return identity;
    throw new AppError("not_found", `There is no person with the id ${params.id}.`, "id");
  });
  api.implement(identityApi.previewMerge, ({ params, body, services }) =>
    previewMerge(services, params.id, body.other),
  );
  api.implement(identityApi.mergeProfiles, ({ params, body, services, actor }) =>
    mergePeople(services, { id: params.id, other: body.other }, actor),
  );
  api.implement(identityApi.previewSplit, ({ params, body, services }) => previewSplit(services, params.id, body.join));
  api.implement(identityApi.splitProfile, ({ params, body, services, actor }) =>
    splitPerson(services, { id: params.id, join: body.join }, actor),
  );
  api.implement(identityApi.deleteProfile, async ({ params, services, actor }) => {
    const receipt = await deletePerson(services, params.id, actor);
    services.syncs.forgetDeleted();
    return receipt;
  });
  api.implement(identityApi.listDeletions, async ({ query, services }) => ({
    items: await listDeletions(services.eventStore, query.limit ?? 100),
    nextCursor: null,
  }));
  api.implement(suppressionsApi.listSuppressions, ({ query, services }) => suppressionsPage(services, query));
  api.implement(suppressionsApi.suppressId, ({ body, services, actor }) => suppressId(services, body, actor));
  api.implement(suppressionsApi.liftSuppression, async ({ body, services, actor }) => {
    await liftSuppression(services, body, actor);
    return { lifted: true as const };
  });
  api.implement(identityApi.listDuplicates, async ({ query, services }) => ({
    items: await listDuplicates(services, query.limit ?? 50),
  }));
  api.implement(identityApi.dismissDuplicate, ({ body, services, actor }) =>
    dismissDuplicate(services, body.people, actor),
  );
  api.implement(identityApi.getIdentityRules, ({ services }) => readIdentityRules(services.metadata));
  api.implement(identityApi.updateIdentityRules, ({ body, services }) => updateIdentityRules(services, body));
}
