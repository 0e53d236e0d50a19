import * as workspaceApi from "../../core/api/workspace";
import { actorId } from "../auth/actor";
import type { Api } from "../http/api";
import { pageById } from "../http/page";
import { createToken, listTokens, revokeToken } from "./tokens";

export function tokenRoutes(api: Api): void {
  api.implement(workspaceApi.listTokens, ({ query, services }) =>
    pageById(query, (page) => listTokens(services.metadata, page)),
  );
  api.implement(workspaceApi.createToken, ({ body, services, actor }) =>
    createToken(services.metadata, { name: body.name, createdBy: actorId(actor) }),
  );
  api.implement(workspaceApi.revokeToken, ({ params, services }) =>
    revokeToken(services.metadata, params.id, services.now()),
  );
}
