import type { EventStore } from "../event-store/event-store";
import { type Sql, sql } from "../event-store/sql";

/**
 * Derives everything from the messages that fit `which`, as the history of the person `owner`. All of it is idempotent: hashes and trait changes
 * replace themselves, activity and periods keep their bounds, and sets of people stay as they are. `hasGroups` is false where it is known
 * that no group call is among them.
 */
export async function deriveAgain(
  eventStore: EventStore,
  which: Sql,
  owner = sql`profile`,
  { hasGroups = true }: { hasGroups?: boolean } = {},
): Promise<void> {
  await eventStore.command(
    sql`INSERT INTO to_derive (type, event, profile, timestamp, arrival, properties, source, message_id)
    SELECT type, event, ${owner}, timestamp, arrival, properties, source, message_id FROM messages WHERE ${which}`,
  );
  if (hasGroups) await deriveGroups(eventStore, which, owner);
}

/** The account that a group call names: text, or in what was stored long ago a number. */
export const accountOfRow = sql`if(JSONType(extra, 'groupId') = 'String', JSONExtractString(extra, 'groupId'), JSONExtractRaw(extra, 'groupId'))`;

/** Tables that derive from group calls, each with the `profile` whose call it was. */
export const accountTables: readonly Sql[] = [sql`account_people`, sql`profile_accounts`, sql`account_traits`];

/** What derives from group calls, by a statement of their own: they alone need their further fields to be read. */
async function deriveGroups(eventStore: EventStore, which: Sql, owner: Sql): Promise<void> {
  await eventStore.command(
    sql`INSERT INTO group_calls (account, profile, timestamp, arrival, properties)
    SELECT ${accountOfRow} AS account, ${owner}, timestamp, arrival, properties FROM messages
    WHERE type = 'group' AND account != '' AND (${which})`,
  );
}

/** Writes down that everything up to this arrival is derived. */
export async function markDerived(eventStore: EventStore, arrival: number): Promise<void> {
  await eventStore.insert("derived_until", [{ id: 1, arrival }]);
}
