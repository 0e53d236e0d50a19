import { type Client, escapeIdentifier } from "pg";
import { type Settings, tableOf } from "./connection";

const members = `
  audience_id text NOT NULL,
  identifier text NOT NULL,
  audience_key text NOT NULL,
  audience_name text NOT NULL,
  identifier_kind text NOT NULL,
  profile_id text NOT NULL,
  user_id text,
  email text,
  is_member boolean NOT NULL,
  traits jsonb NOT NULL,
  changed_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (audience_id, identifier)`;

const changes = `
  id text PRIMARY KEY,
  received_at timestamptz NOT NULL DEFAULT now(),
  "timestamp" timestamptz NOT NULL,
  user_id text,
  email text,
  profile_id text NOT NULL,
  audience_id text NOT NULL,
  audience_key text NOT NULL,
  audience_name text NOT NULL`;

const messages = `
  id text PRIMARY KEY,
  received_at timestamptz NOT NULL DEFAULT now(),
  "timestamp" timestamptz NOT NULL,
  user_id text,
  anonymous_id text,
  event text NOT NULL,
  event_text text NOT NULL,
  properties jsonb NOT NULL,
  context jsonb NOT NULL`;

/** By the names of the field's warehouses. */
export const eventTables = {
  track: "tracks",
  page: "pages",
  screen: "screens",
  identify: "identifies",
  group: "groups",
  alias: "aliases",
} as const;

const columns: Readonly<Record<string, string>> = {
  audience_members: members,
  audience_entered: changes,
  audience_exited: changes,
  ...Object.fromEntries(Object.values(eventTables).map((name) => [name, messages])),
};

/** Makes the schema and the tables that are not there. */
export async function ensureTables(client: Client, settings: Settings, names: readonly string[]): Promise<void> {
  const there = await client.query("SELECT 1 FROM pg_namespace WHERE nspname = $1", [settings.schema]);
  if (there.rowCount === 0) await client.query(`CREATE SCHEMA IF NOT EXISTS ${escapeIdentifier(settings.schema)}`);
  for (const name of names)
    await client.query(`CREATE TABLE IF NOT EXISTS ${tableOf(settings, name)} (${columns[name]})`);
}
