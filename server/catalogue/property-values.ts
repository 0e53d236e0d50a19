import type { SeenValue } from "@/core/api/catalogue";
import { AppError } from "@/core/errors";
import type { EventType } from "@/core/event/message";
import { eventTypes } from "@/core/event/message";
import type { EventStore } from "@/server/event-store/event-store";
import { empty, join, param, sql } from "@/server/event-store/sql";
import { readValues } from "./values";

export interface PropertyValuesInput {
  /** Any event when left out. */
  event?: string | undefined;
  /** track when an event is named, else any. */
  type?: EventType | undefined;
  property?: string | undefined;
  context?: string | undefined;
  search?: string | undefined;
}

/** Frequent values of a property or of a context path over the events of live people, most people first. Errors: `invalid`. */
export async function readPropertyValues(
  eventStore: EventStore,
  now: number,
  { event, type = event === undefined ? undefined : "track", property, context, search }: PropertyValuesInput,
  signal?: AbortSignal,
): Promise<SeenValue[]> {
  const path = property ?? context;
  if (path === undefined || (property !== undefined && context !== undefined)) {
    throw new AppError(
      "invalid",
      "Name either a property or a context path.",
      path === undefined ? "property" : "context",
    );
  }
  const types = type === undefined ? eventTypes : [type];
  const rows = sql`(
    SELECT profile, ${property === undefined ? sql`context` : sql`properties`} AS json FROM messages
    WHERE type IN (${join(types.map((name) => sql`${param.string(name)}`))})
      ${event === undefined ? empty : sql`AND event = ${param.string(event)}`}
      AND timestamp <= ${param.moment(now)} AND profile NOT IN (SELECT profile FROM profile_merges)
  )`;
  return readValues(eventStore, { rows, path, search }, signal);
}
