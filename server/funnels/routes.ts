import * as versionsApi from "@/core/api/funnel-versions";
import * as funnelsApi from "@/core/api/funnels";
import { actorId } from "@/server/auth/actor";
import type { Api } from "@/server/http/api";
import { pageById } from "@/server/http/page";
import { createFunnel, getFunnel, listFunnels, updateFunnel } from "./funnels";
import { funnelPeople } from "./people";
import { previewFunnel } from "./preview";
import { compareFunnelVersions, funnelVersionsPage, restoreFunnelVersion } from "./versions";

export function funnelRoutes(api: Api): void {
  api.implement(funnelsApi.previewFunnel, ({ body, services, signal }) => previewFunnel(services, body, signal));
  api.implement(funnelsApi.funnelPeople, ({ body, services, signal }) => funnelPeople(services, body, signal));
  api.implement(funnelsApi.listFunnels, ({ query, services }) =>
    pageById(query, (page) => listFunnels(services, { ...page, archived: query.archived === "true" })),
  );
  api.implement(funnelsApi.createFunnel, ({ body, services, actor }) => createFunnel(services, body, actorId(actor)));
  api.implement(funnelsApi.getFunnel, ({ params, services }) => getFunnel(services, params.id));
  api.implement(funnelsApi.updateFunnel, ({ params, body, services, actor }) =>
    updateFunnel(services, params.id, body, actorId(actor)),
  );
  api.implement(funnelsApi.archiveFunnel, ({ params, services, actor }) =>
    updateFunnel(services, params.id, { archived: true }, actorId(actor)),
  );
  api.implement(versionsApi.listFunnelVersions, ({ params, query, services }) =>
    funnelVersionsPage(services, params.id, query),
  );
  api.implement(versionsApi.restoreFunnelVersion, ({ params, body, services, actor }) =>
    restoreFunnelVersion(services, params.id, body, actorId(actor)),
  );
  api.implement(versionsApi.compareFunnelVersions, ({ params, query, services, signal }) =>
    compareFunnelVersions(services, params.id, query, signal),
  );
}
