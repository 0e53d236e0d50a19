import type { DeliveryItem, ForwardedEvent, SyncTarget } from "../destination";
import { eventSlug } from "./event-slug";

/** What a column holds; each warehouse has its own word for it. */
export type ColumnKind = "text" | "moment";
export type WarehouseRow = Readonly<Record<string, string | null>>;

const changeColumns = {
  id: "text",
  received_at: "moment",
  timestamp: "moment",
  user_id: "text",
  email: "text",
  profile_id: "text",
  audience_id: "text",
  audience_key: "text",
  audience_name: "text",
  identifier: "text",
  identifier_kind: "text",
  traits: "text",
} as const satisfies Record<string, ColumnKind>;

const messageColumns = {
  id: "text",
  received_at: "moment",
  timestamp: "moment",
  user_id: "text",
  anonymous_id: "text",
  event: "text",
  event_text: "text",
  properties: "text",
  context: "text",
} as const satisfies Record<string, ColumnKind>;

/** By the names that the field's warehouses have. Rows are only ever added. */
export const warehouseTables = {
  audience_entered: changeColumns,
  audience_exited: changeColumns,
  tracks: messageColumns,
  pages: messageColumns,
  screens: messageColumns,
  identifies: messageColumns,
  groups: messageColumns,
  aliases: messageColumns,
} as const satisfies Record<string, Readonly<Record<string, ColumnKind>>>;

export type WarehouseTable = keyof typeof warehouseTables;

export const changeTables = { entered: "audience_entered", exited: "audience_exited" } as const;
export const messageTables = {
  track: "tracks",
  page: "pages",
  screen: "screens",
  identify: "identifies",
  group: "groups",
  alias: "aliases",
} as const satisfies Record<ForwardedEvent["type"], WarehouseTable>;

/** The view of who is in each audience: each person's last change, however often it was written. `named` names a table. */
export function membersView(named: (table: WarehouseTable) => string): string {
  return `SELECT audience_id, audience_key, audience_name, identifier, identifier_kind, user_id, email, profile_id,
  is_member, timestamp AS changed_at
FROM (
  SELECT entered.*, TRUE AS is_member FROM ${named("audience_entered")} AS entered
  UNION ALL
  SELECT exited.*, FALSE AS is_member FROM ${named("audience_exited")} AS exited
) AS changes
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY audience_id, identifier ORDER BY timestamp DESC, received_at DESC) = 1`;
}

export function changeRow(item: DeliveryItem, { audience }: SyncTarget<unknown>, now: Date): WarehouseRow {
  return {
    id: item.key,
    received_at: now.toISOString(),
    timestamp: item.at,
    user_id: item.person.userId,
    email: item.person.email,
    profile_id: item.profileId,
    audience_id: audience.id,
    audience_key: audience.key,
    audience_name: audience.name,
    identifier: item.identifier.value,
    identifier_kind: item.identifier.kind,
    traits: JSON.stringify(item.fields),
  };
}

export function messageRow(message: ForwardedEvent, now: Date): WarehouseRow {
  return {
    id: message.key,
    received_at: now.toISOString(),
    timestamp: message.timestamp,
    user_id: message.userId,
    anonymous_id: message.anonymousId,
    event: eventSlug(message.event),
    event_text: message.event,
    properties: JSON.stringify(message.properties),
    context: JSON.stringify(message.context),
  };
}
