import type { Client } from "pg";
import * as z from "zod";
import { postgresql } from "../../../core/destinations/postgresql";
import { type DeliveryItem, destination, type ForwardedEvent, type SyncTarget } from "../destination";
import { delivered, inTurn } from "../in-turn";
import { eventSlug } from "../warehouse/event-slug";
import { inTransaction, type Settings, tableOf } from "./connection";
import { ensureTables, eventTables } from "./tables";

const changeTables = { entered: "audience_entered", exited: "audience_exited" } as const;
const membershipTables = ["audience_members", ...Object.values(changeTables)];

/** JSON as PostgreSQL takes it: it has no place for the character zero and for halves of characters. */
function storable(rows: readonly object[]): string {
  return JSON.stringify(rows, (_, value: unknown) =>
    typeof value === "string" ? Buffer.from(value.replaceAll("\0", "")).toString() : value,
  );
}

function rowOf(
  { key, change, at, profileId, identifier, person, fields }: DeliveryItem,
  { audience }: SyncTarget<unknown>,
) {
  return {
    id: key,
    audience_id: audience.id,
    audience_key: audience.key,
    audience_name: audience.name,
    identifier: identifier.value,
    identifier_kind: identifier.kind,
    profile_id: profileId,
    user_id: person.userId,
    email: person.email,
    is_member: change === "entered",
    traits: fields,
    timestamp: at,
  };
}

const shape = `(id text, audience_id text, audience_key text, audience_name text, identifier text, identifier_kind text,
  profile_id text, user_id text, email text, is_member boolean, traits jsonb, "timestamp" timestamptz)`;

/** A change that comes again, or after a later one of the same person, changes nothing. */
async function writeMembers(client: Client, rows: string, settings: Settings): Promise<void> {
  await client.query(
    `INSERT INTO ${tableOf(settings, "audience_members")} AS kept (audience_id, identifier, audience_key, audience_name,
       identifier_kind, profile_id, user_id, email, is_member, traits, changed_at)
     SELECT audience_id, identifier, audience_key, audience_name, identifier_kind, profile_id, user_id, email, is_member,
       traits, "timestamp" FROM jsonb_to_recordset($1::jsonb) AS sent ${shape}
     ON CONFLICT (audience_id, identifier) DO UPDATE SET audience_key = excluded.audience_key,
       audience_name = excluded.audience_name, identifier_kind = excluded.identifier_kind,
       profile_id = excluded.profile_id, user_id = excluded.user_id, email = excluded.email,
       is_member = excluded.is_member, changed_at = excluded.changed_at, updated_at = now(),
       traits = CASE WHEN excluded.is_member THEN excluded.traits ELSE kept.traits END
     WHERE excluded.changed_at >= kept.changed_at`,
    [rows],
  );
}

async function writeChanges(client: Client, table: string, rows: string, settings: Settings): Promise<void> {
  await client.query(
    `INSERT INTO ${tableOf(settings, table)} (id, "timestamp", user_id, email, profile_id, audience_id, audience_key, audience_name)
     SELECT id, "timestamp", user_id, email, profile_id, audience_id, audience_key, audience_name
     FROM jsonb_to_recordset($1::jsonb) AS sent ${shape} ON CONFLICT (id) DO NOTHING`,
    [rows],
  );
}

function messageRow({ key, event, timestamp, userId, anonymousId, properties, context }: ForwardedEvent) {
  return {
    id: key,
    timestamp,
    user_id: userId,
    anonymous_id: anonymousId,
    event: eventSlug(event),
    event_text: event,
    properties,
    context,
  };
}

async function writeMessages(client: Client, table: string, events: readonly ForwardedEvent[], settings: Settings) {
  await ensureTables(client, settings, [table]);
  await client.query(
    `INSERT INTO ${tableOf(settings, table)} (id, "timestamp", user_id, anonymous_id, event, event_text, properties, context)
     SELECT id, "timestamp", user_id, anonymous_id, event, event_text, properties, context
     FROM jsonb_to_recordset($1::jsonb) AS sent (id text, "timestamp" timestamptz, user_id text, anonymous_id text,
       event text, event_text text, properties jsonb, context jsonb) ON CONFLICT (id) DO NOTHING`,
    [storable(events.map(messageRow))],
  );
}

const version = z.array(z.object({ server_version: z.string() })).min(1);
const named = z.array(z.object({ identifier: z.string() }));
const pageSize = 10_000;

export const postgresqlDestination = destination(postgresql, {
  async test(settings, context) {
    const { rows } = await inTransaction(settings, context, (client) => client.query("SHOW server_version"));
    return `Connected to ${settings.database} on PostgreSQL ${version.parse(rows)[0]?.server_version}.`;
  },
  async prepare(_target, settings, context) {
    await inTransaction(settings, context, (client) => ensureTables(client, settings, membershipTables));
    return {};
  },
  deliver: ({ items, target }, settings, context) =>
    inTurn(items, [
      {
        items,
        halve: true,
        async send(some) {
          await inTransaction(settings, context, async (client) => {
            await writeMembers(client, storable(some.map((item) => rowOf(item, target))), settings);
            for (const change of ["exited", "entered"] as const) {
              const rows = some.filter((item) => item.change === change).map((item) => rowOf(item, target));
              if (rows.length > 0) await writeChanges(client, changeTables[change], storable(rows), settings);
            }
          });
          return some.map(() => delivered);
        },
      },
    ]),
  async *list({ audience }, _identifier, settings, context) {
    let after = "";
    for (;;) {
      const { rows } = await inTransaction(settings, context, (client) =>
        client.query(
          `SELECT identifier FROM ${tableOf(settings, "audience_members")}
           WHERE audience_id = $1 AND is_member AND identifier > $2 ORDER BY identifier LIMIT ${pageSize}`,
          [audience.id, after],
        ),
      );
      const piece = named.parse(rows).map(({ identifier }) => identifier);
      yield piece;
      if (piece.length < pageSize) return;
      after = piece.at(-1) ?? "";
    }
  },
  forward: (events, settings, context) =>
    inTurn(events, [
      {
        items: events,
        halve: true,
        async send(some) {
          await inTransaction(settings, context, async (client) => {
            for (const type of new Set(some.map((event) => event.type))) {
              const own = some.filter((event) => event.type === type);
              await writeMessages(client, eventTables[type], own, settings);
            }
          });
          return some.map(() => delivered);
        },
      },
    ]),
});
