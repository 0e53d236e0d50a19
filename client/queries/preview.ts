import { queryOptions } from "@tanstack/react-query";
import { previewAudience } from "@/core/api/audiences";
import type { AudienceDefinition } from "@/core/audience/definition";
import { call } from "../call";
import { progressOf } from "./progress";

const previewKey = ["preview"] as const;

/** Count, ten people and the figures of every condition, as of the moment of asking. */
export function previewQuery(definition: AudienceDefinition) {
  const queryKey = [...previewKey, definition];
  return queryOptions({
    queryKey,
    queryFn: ({ signal }) =>
      call(previewAudience, {
        body: { definition, limit: 10, conditions: true },
        signal,
        progress: progressOf(queryKey),
      }),
    staleTime: 5_000,
    retry: false,
  });
}

/** One person in so many is asked for an estimate. */
const sampleOf = 16;

/** The count alone, estimated from a part of the people: what can be said while the exact one is on its way. */
export function estimateQuery(definition: AudienceDefinition) {
  return queryOptions({
    queryKey: [...previewKey, "estimate", definition],
    queryFn: ({ signal }) => call(previewAudience, { body: { definition, limit: 0, sample: sampleOf }, signal }),
    staleTime: 5_000,
    retry: false,
  });
}

const shownPeople = 200;

/** The people behind a number, as many as are looked through by eye. */
export function peopleQuery(definition: AudienceDefinition) {
  return queryOptions({
    queryKey: [...previewKey, "people", definition],
    queryFn: ({ signal }) => call(previewAudience, { body: { definition, limit: shownPeople }, signal }),
    staleTime: 5_000,
  });
}
