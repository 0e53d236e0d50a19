import * as funnelsApi from "@/core/api/funnels";
import type { Api } from "@/server/http/api";
import { pageById } from "@/server/http/page";
import { createFunnel, getFunnel, listFunnels, updateFunnel } from "./funnels";
import { funnelPeople } from "./people";
import { previewFunnel } from "./preview";

export function funnelRoutes(api: Api): void {
  api.implement(funnelsApi.previewFunnel, ({ body, services, signal }) => previewFunnel(services, body, signal));
  api.implement(funnelsApi.funnelPeople, ({ body, services, signal }) => funnelPeople(services, body, signal));
  api.implement(funnelsApi.listFunnels, ({ query, services }) =>
    pageById(query, (page) => listFunnels(services, { ...page, archived: query.archived === "true" })),
  );
  api.implement(funnelsApi.createFunnel, ({ body, services }) => createFunnel(services, body));
  api.implement(funnelsApi.getFunnel, ({ params, services }) => getFunnel(services, params.id));
  api.implement(funnelsApi.updateFunnel, ({ params, body, services }) => updateFunnel(services, params.id, body));
  api.implement(funnelsApi.archiveFunnel, ({ params, services }) =>
    updateFunnel(services, params.id, { archived: true }),
  );
}
