import * as syncsApi from "../../core/api/syncs";
import type { Api } from "../http/api";
import { pageById } from "../http/page";
import { compareSync, repairSync } from "./compare-tool";
import { dryRun } from "./dry-run";
import { listDeliveries, listRequests } from "./list-deliveries";
import { cancelSync, createSync, deleteSync, getSync, listSyncs, resendFailed, updateSync } from "./syncs";

export function syncRoutes(api: Api): void {
  api.implement(syncsApi.listSyncs, ({ query: { audienceId, destinationId, ...query }, services }) =>
    pageById(query, (page) => listSyncs(services, { audienceId, destinationId }, page)),
  );
  api.implement(syncsApi.createSync, ({ body, services }) => createSync(services, body));
  api.implement(syncsApi.dryRunSync, ({ body, services, signal }) => dryRun(services, body, signal));
  api.implement(syncsApi.getSync, ({ params, services }) => getSync(services, params.id));
  api.implement(syncsApi.updateSync, ({ params, body, services }) => updateSync(services, params.id, body));
  api.implement(syncsApi.cancelSync, ({ params, services }) => cancelSync(services, params.id));
  api.implement(syncsApi.deleteSync, async ({ params, services }) => {
    await deleteSync(services, params.id);
    return { deleted: true as const };
  });
  api.implement(syncsApi.resendFailed, async ({ params, body, services }) => ({
    people: await resendFailed(services, params.id, body),
  }));
  api.implement(syncsApi.compareSync, ({ params, services, signal }) => compareSync(services, params.id, signal));
  api.implement(syncsApi.repairSync, ({ params, services, signal }) => repairSync(services, params.id, signal));
  api.implement(
    syncsApi.listDeliveries,
    async ({ query: { syncId, audienceId, ...query }, services: { metadata, eventStore }, signal }) => {
      const own =
        audienceId === undefined ? [] : await metadata.sync.findMany({ where: { audienceId }, select: { id: true } });
      const ofAudience = own.map(({ id }) => id);
      const named = syncId === undefined ? ofAudience : [syncId];
      const syncIds = audienceId === undefined ? named : named.filter((id) => ofAudience.includes(id));
      const isChosen = syncId !== undefined || audienceId !== undefined;
      return listDeliveries(eventStore, { ...query, ...(isChosen && { syncIds }) }, { signal });
    },
  );
  api.implement(syncsApi.listDeliveryRequests, async ({ params, services, signal }) => ({
    items: await listRequests(services.eventStore, params.id, { signal }),
  }));
}
