import * as workspaceApi from "../../core/api/workspace";
import type { Api } from "../http/api";

export function sampleRoutes(api: Api): void {
  api.implement(workspaceApi.getSample, ({ services }) => services.sample.state());
  api.implement(workspaceApi.loadSample, ({ services }) => services.sample.load());
  api.implement(workspaceApi.removeSample, ({ services }) => services.sample.remove());
}
