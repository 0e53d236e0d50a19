import * as forwardingApi from "../../core/api/forwarding";
import type { Api } from "../http/api";
import { endForwarding, getForwarding, setForwarding } from "./forwarding";
import { previewForwarding } from "./preview";

export function forwardingRoutes(api: Api): void {
  api.implement(forwardingApi.getForwarding, async ({ params, services }) => ({
    forwarding: await getForwarding(services, params.id),
  }));
  api.implement(forwardingApi.setForwarding, ({ params, body, services }) => setForwarding(services, params.id, body));
  api.implement(forwardingApi.endForwarding, async ({ params, services }) => {
    await endForwarding(services, params.id);
    return { deleted: true as const };
  });
  api.implement(forwardingApi.previewForwarding, ({ params, body, services, signal }) =>
    previewForwarding(services, params.id, body, signal),
  );
}
