import { queryOptions } from "@tanstack/react-query";
import { listEvents, listTraits } from "@/core/api/catalogue";
import { call } from "../call";

export const catalogueKey = ["catalogue"] as const;

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
