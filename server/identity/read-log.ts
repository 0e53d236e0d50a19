import * as z from "zod";
import type { IdentityEntry } from "../../core/api/identity";
import { joinSentence } from "../../core/identity/join-sentence";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { identityKey } from "../ingest/identity-set";
import { identifierKind, identifiersOfPerson } from "../ingest/person-identifiers";

const logRow = z.strictObject({
  seq: z.int(),
  part: z.int(),
  moment: z.string(),
  action: z.enum(["joined", "not_joined", "undone", "kept_apart"]),
  reason: z.enum(["message", "alias", "hand", "owned", "limit", "apart"]),
  oneKind: identifierKind,
  one: z.string(),
  otherKind: identifierKind,
  other: z.string(),
  messageId: z.string(),
  source: z.string(),
  madeBy: z.string(),
});

/** Most entries of one person that are answered; of more, the oldest. */
const most = 1_000;

/** A live number's identifiers, the one that it is shown with first, and its log of joins, the oldest first. */
export async function readIdentity(
  eventStore: EventStore,
  profile: number,
): Promise<{ identifiers: { kind: z.infer<typeof identifierKind>; id: string }[]; log: IdentityEntry[] }> {
  const own = sql`SELECT kind, id FROM profile_identities WHERE profile = ${param.uint32(profile)}`;
  const [identifiers, rows] = await Promise.all([
    identifiersOfPerson(eventStore, profile),
    eventStore.query(
      sql`SELECT seq, part, at AS moment, toString(action) AS action, reason, toString(kind) AS oneKind, id AS one,
          toString(other_kind) AS otherKind, other_id AS other, message_id AS messageId, source, made_by AS madeBy
        FROM identity_log
        WHERE (seq, part) IN (SELECT seq, part FROM identity_log_of WHERE (kind, id) IN (${own}))
        ORDER BY seq, part LIMIT 1 BY seq, part LIMIT ${param.uint32(most)}`,
      logRow,
    ),
  ]);
  const mine = new Set(identifiers.map(identityKey));
  const entries = rows.map(
    ({ seq, part, moment, oneKind, one, otherKind, other, messageId, source, madeBy, ...row }) => ({
      ...row,
      id: `${seq}.${part}`,
      at: moment,
      one: { kind: oneKind, id: one },
      other: { kind: otherKind, id: other },
      message: messageId === "" ? null : { messageId, source },
      by: madeBy === "" ? null : madeBy,
    }),
  );
  // What was done last to a pair holds.
  const last = new Map(
    entries.flatMap((entry) =>
      entry.action === "joined" || entry.action === "undone" ? [[pairOf(entry), entry.id] as const] : [],
    ),
  );
  return {
    identifiers: identifiers.map(({ kind, id }) => ({ kind, id })),
    log: entries.map((entry) => ({
      ...entry,
      holds:
        entry.action === "joined" &&
        last.get(pairOf(entry)) === entry.id &&
        mine.has(identityKey(entry.one)) &&
        mine.has(identityKey(entry.other)),
      sentence: joinSentence(entry),
    })),
  };
}

function pairOf({ one, other }: Pick<IdentityEntry, "one" | "other">): string {
  return `${identityKey(one)}\0${identityKey(other)}`;
}
