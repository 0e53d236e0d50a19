import { csvLine } from "../../../core/csv-line";
import type { DeliveryItem, ForwardedEvent, SyncTarget } from "../destination";

export const contentTypes = { ndjson: "application/x-ndjson", csv: "text/csv; charset=utf-8" } as const;

function rowOf(
  { key, change, at, profileId, identifier, person, fields }: DeliveryItem,
  { audience }: SyncTarget<unknown>,
) {
  return {
    id: key,
    change,
    timestamp: at,
    audience_key: audience.key,
    audience_name: audience.name,
    identifier_kind: identifier.kind,
    identifier: identifier.value,
    profile_id: profileId,
    user_id: person.userId,
    email: person.email,
    traits: fields,
  };
}

/** Changes in order, a line each; the CSV begins with the names of its columns and holds the traits as JSON. */
export function changesFile(
  items: readonly DeliveryItem[],
  target: SyncTarget<unknown>,
  format: keyof typeof contentTypes,
): string {
  const rows = items.map((item) => rowOf(item, target));
  if (format === "ndjson") return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const [first] = rows;
  return csvLine(Object.keys(first ?? {})) + rows.map((row) => csvLine(Object.values(row))).join("");
}

export function eventsFile(events: readonly ForwardedEvent[]): string {
  return events
    .map(
      ({ key, type, event, timestamp, userId, anonymousId, properties, context }) =>
        `${JSON.stringify({ id: key, type, event, timestamp, user_id: userId, anonymous_id: anonymousId, properties, context })}\n`,
    )
    .join("");
}
