import * as alertsApi from "../../core/api/alerts";
import type { Api } from "../http/api";
import { pageById } from "../http/page";
import { createAlert, deleteAlert, getAlert, listAlerts, readAlert, testAlert, updateAlert } from "./alerts";
import { listMessages } from "./history";

export function alertRoutes(api: Api): void {
  api.implement(alertsApi.listAlerts, ({ query, services }) => pageById(query, (page) => listAlerts(services, page)));
  api.implement(alertsApi.createAlert, ({ body, services }) => createAlert(services, body));
  api.implement(alertsApi.getAlert, ({ params, services }) => getAlert(services, params.id));
  api.implement(alertsApi.updateAlert, ({ params, body, services }) => updateAlert(services, params.id, body));
  api.implement(alertsApi.deleteAlert, async ({ params, services }) => {
    await deleteAlert(services, params.id);
    return { deleted: true as const };
  });
  api.implement(alertsApi.testAlert, ({ params, services, signal }) => testAlert(services, params.id, signal));
  api.implement(alertsApi.listAlertMessages, async ({ params, query, services }) => {
    const { id } = await readAlert(services, params.id);
    return pageById(query, (page) => listMessages(services.metadata, id, page));
  });
}
