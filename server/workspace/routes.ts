import * as workspaceApi from "../../core/api/workspace";
import type { Api } from "../http/api";
import { getWorkspace, updateWorkspace } from "./workspace";

export function workspaceRoutes(api: Api): void {
  api.implement(workspaceApi.getWorkspace, ({ services }) => getWorkspace(services.metadata));
  api.implement(workspaceApi.updateWorkspace, ({ body, services }) => updateWorkspace(services.metadata, body));
}
