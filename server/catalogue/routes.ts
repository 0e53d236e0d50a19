import * as catalogueApi from "@/core/api/catalogue";
import type { EventStore } from "@/server/event-store/event-store";
import type { Api } from "@/server/http/api";
import { getWorkspace } from "@/server/workspace/workspace";
import { EventCatalogue } from "./event-catalogue";
import { readPropertyValues } from "./property-values";
import { readTraits, readTraitValues } from "./traits";

const catalogues = new WeakMap<EventStore, EventCatalogue>();

function catalogueOf(eventStore: EventStore): EventCatalogue {
  const known = catalogues.get(eventStore) ?? new EventCatalogue(eventStore);
  catalogues.set(eventStore, known);
  return known;
}

export function catalogueRoutes(api: Api): void {
  api.implement(catalogueApi.listEvents, async ({ services }) => {
    const { timeZone } = await getWorkspace(services.metadata);
    const items = await catalogueOf(services.eventStore).list(services.now().getTime(), timeZone);
    return { items, nextCursor: null };
  });
  api.implement(catalogueApi.listTraits, async ({ services }) => ({
    items: await readTraits(services.eventStore, services.now().getTime()),
    nextCursor: null,
  }));
  api.implement(catalogueApi.listTraitValues, async ({ query, services, signal }) => ({
    items: await readTraitValues(services.eventStore, services.now().getTime(), query, signal),
    nextCursor: null,
  }));
  api.implement(catalogueApi.listPropertyValues, async ({ query, services, signal }) => ({
    items: await readPropertyValues(services.eventStore, services.now().getTime(), query, signal),
    nextCursor: null,
  }));
}
