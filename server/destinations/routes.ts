import * as z from "zod";
import * as destinationsApi from "../../core/api/destinations";
import { secretNames } from "../../core/destinations/tool";
import { tools } from "../../core/destinations/tools";
import type { Api } from "../http/api";
import { pageById } from "../http/page";
import {
  createDestination,
  deleteDestination,
  getDestination,
  listDestinations,
  testDestination,
  testSettings,
  updateDestination,
} from "./destinations";

export function destinationRoutes(api: Api): void {
  api.implement(destinationsApi.listTools, async () => ({
    items: tools.map(({ settings, options, identifiers, mapping, ...tool }) => ({
      takesFiles: false,
      ...tool,
      settings: z.toJSONSchema(settings, { io: "input" }),
      options: z.toJSONSchema(options, { io: "input" }),
      secrets: secretNames({ settings }),
      identifiers: [...identifiers],
      mapping: [...mapping],
    })),
  }));
  api.implement(destinationsApi.listDestinations, ({ query, services }) =>
    pageById(query, (page) => listDestinations(services, page)),
  );
  api.implement(destinationsApi.createDestination, ({ body, services }) => createDestination(services, body));
  api.implement(destinationsApi.testSettings, ({ body, services, signal }) => testSettings(services, body, signal));
  api.implement(destinationsApi.getDestination, ({ params, services }) => getDestination(services, params.id));
  api.implement(destinationsApi.updateDestination, ({ params, body, services }) =>
    updateDestination(services, params.id, body),
  );
  api.implement(destinationsApi.deleteDestination, async ({ params, services }) => {
    await deleteDestination(services, params.id);
    return { deleted: true as const };
  });
  api.implement(destinationsApi.testDestination, ({ params, services, signal }) =>
    testDestination(services, params.id, signal),
  );
}
