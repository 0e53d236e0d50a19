import * as catalogueApi from "@/core/api/catalogue";
import type { EventStore } from "@/server/event-store/event-store";
import type { Api } from "@/server/http/api";
import { pageOf } from "@/server/http/page";
import { getWorkspace } from "@/server/workspace/workspace";
import { EventCatalogue } from "./event-catalogue";
import { readPropertyValues } from "./property-values";
import { readAccountTraits, readAccountTraitValues, readTraits, readTraitValues } from "./traits";

const catalogues = new WeakMap<EventStore, EventCatalogue>();

function catalogueOf(eventStore: EventStore): EventCatalogue {
  const known = catalogues.get(eventStore) ?? new EventCatalogue(eventStore);
  catalogues.set(eventStore, known);
  return known;
}

export function catalogueRoutes(api: Api): void {
  api.implement(catalogueApi.listEvents, async ({ query, services }) => {
    const { timeZone } = await getWorkspace(services.metadata);
    const events = await catalogueOf(services.eventStore).list(services.now().getTime(), timeZone);
    return pageOf(events, query, ({ type, event }) => `${type} ${event}`);
  });
  api.implement(catalogueApi.listTraits, async ({ query, services }) => {
    const traits = await readTraits(services.eventStore, services.now().getTime());
    return pageOf(traits, query, ({ name }) => name);
  });
  api.implement(catalogueApi.listTraitValues, async ({ query, services, signal }) => {
    const values = await readTraitValues(services.eventStore, services.now().getTime(), query, signal);
    return pageOf(values, query, ({ value }) => JSON.stringify(value));
  });
  api.implement(catalogueApi.listAccountTraits, async ({ query, services }) => {
    const traits = await readAccountTraits(services.eventStore, services.now().getTime());
    return pageOf(traits, query, ({ name }) => name);
  });
  api.implement(catalogueApi.listAccountTraitValues, async ({ query, services, signal }) => {
    const values = await readAccountTraitValues(services.eventStore, services.now().getTime(), query, signal);
    return pageOf(values, query, ({ value }) => JSON.stringify(value));
  });
  api.implement(catalogueApi.listPropertyValues, async ({ query, services, signal }) => {
    const values = await readPropertyValues(services.eventStore, services.now().getTime(), query, signal);
    return pageOf(values, query, ({ value }) => JSON.stringify(value));
  });
}
