import { queryOptions } from "@tanstack/react-query";
import {
  listAccountTraits,
  listAccountTraitValues,
  listEvents,
  listPropertyValues,
  listTraits,
  listTraitValues,
} from "@/core/api/catalogue";
import type { QueryOf } from "@/core/api/endpoint";
import { call } from "../call";

const catalogueKey = ["catalogue"] as const;

/** Every event name that has been seen, with its properties. */
export const eventsQuery = queryOptions({
  queryKey: [...catalogueKey, "events"],
  queryFn: ({ signal }) => call(listEvents, { signal }),
  select: (page) => page.items,
  staleTime: 30_000,
});

/** Every trait that has been set. */
export const traitsQuery = queryOptions({
  queryKey: [...catalogueKey, "traits"],
  queryFn: ({ signal }) => call(listTraits, { signal }),
  select: (page) => page.items,
  staleTime: 30_000,
});

/** Every trait that group calls have set for accounts. */
export const accountTraitsQuery = queryOptions({
  queryKey: [...catalogueKey, "account-traits"],
  queryFn: ({ signal }) => call(listAccountTraits, { signal }),
  select: (page) => page.items,
  staleTime: 30_000,
});

/** Frequent current values of a trait of accounts, with the accounts that have them. */
export function accountTraitValuesQuery(trait: string) {
  return queryOptions({
    queryKey: [...catalogueKey, "account-trait-values", trait],
    queryFn: ({ signal }) => call(listAccountTraitValues, { query: { trait }, signal }),
    select: ({ items }) => items.map(({ value, accounts }) => ({ value, people: accounts })),
    staleTime: 30_000,
  });
}

/** Frequent current values of a trait. */
export function traitValuesQuery(trait: string) {
  return queryOptions({
    queryKey: [...catalogueKey, "trait-values", trait],
    queryFn: ({ signal }) => call(listTraitValues, { query: { trait }, signal }),
    select: (page) => page.items,
    staleTime: 30_000,
  });
}

/** Frequent values of an event's property, or of a context path. */
export function propertyValuesQuery(of: QueryOf<typeof listPropertyValues>) {
  return queryOptions({
    queryKey: [...catalogueKey, "property-values", of],
    queryFn: ({ signal }) => call(listPropertyValues, { query: of, signal }),
    select: (page) => page.items,
    staleTime: 30_000,
  });
}
