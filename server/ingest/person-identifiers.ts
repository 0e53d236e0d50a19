import * as z from "zod";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import type { Identifier } from "./identity-set";

export const identifierKind = z.enum(["user", "anonymous", "other"]);
const identifierRow = z.strictObject({ owned: identifierKind, id: z.string(), rank: z.int() });
const ownerRow = z.strictObject({ owner: z.int() });
const joinRow = z.strictObject({
  oneKind: identifierKind,
  one: z.string(),
  otherKind: identifierKind,
  other: z.string(),
});

export interface RankedIdentifier extends Identifier {
  readonly rank: number;
}

const kindOrder = { user: 0, anonymous: 1, other: 2 } as const;

/** The identifiers of a live number, the one that it is shown with first. */
export async function identifiersOfPerson(eventStore: EventStore, profile: number): Promise<RankedIdentifier[]> {
  const rows = await eventStore.query(
    sql`SELECT toString(kind) AS owned, id, min(profile_identities.rank) AS rank FROM profile_identities
      WHERE profile = ${param.uint32(profile)} GROUP BY kind, id`,
    identifierRow,
  );
  return rows
    .map(({ owned, id, rank }) => ({ kind: owned, id, rank }))
    .sort((one, other) => kindOrder[one.kind] - kindOrder[other.kind] || one.rank - other.rank);
}

/** Whose an identifier is; undefined for one that nobody has sent. */
export async function ownerOf(eventStore: EventStore, { kind, id }: Identifier): Promise<number | undefined> {
  const [row] = await eventStore.query(
    sql`SELECT argMax(profile, version) AS owner FROM identities
      WHERE kind = ${param.string(kind)} AND id = ${param.string(id)} GROUP BY kind, id`,
    ownerRow,
  );
  return row?.owner;
}

/** The pairs among a person's identifiers that are joined, and were not parted since. */
export async function joinedPairs(eventStore: EventStore, profile: number): Promise<[Identifier, Identifier][]> {
  const own = sql`SELECT kind, id FROM profile_identities WHERE profile = ${param.uint32(profile)}`;
  const rows = await eventStore.query(
    sql`SELECT toString(kind) AS oneKind, id AS one, toString(other_kind) AS otherKind, other_id AS other FROM identity_log
      WHERE (seq, part) IN (SELECT seq, part FROM identity_log_of WHERE (kind, id) IN (${own}))
        AND (kind, id) IN (${own}) AND (other_kind, other_id) IN (${own}) AND action IN ('joined', 'undone')
      GROUP BY kind, id, other_kind, other_id
      HAVING argMax(action, (seq, part)) = 'joined'`,
    joinRow,
  );
  return rows.map(({ oneKind, one, otherKind, other }) => [
    { kind: oneKind, id: one },
    { kind: otherKind, id: other },
  ]);
}
