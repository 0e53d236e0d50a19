import { hash } from "node:crypto";
import * as z from "zod";
import type { EventStore } from "../event-store/event-store";
import { empty, param, type Sql, sql } from "../event-store/sql";
import { storedMoment } from "../event-store/stored-moment";
import type { Identifier } from "./identity-set";
import { identifierKind } from "./person-identifiers";

const hashRow = z.strictObject({ hash: z.string() });
const decisionRow = z.strictObject({
  kind: identifierKind,
  hash: z.string(),
  moment: z.int(),
  isSuppressed: z.union([z.literal(0), z.literal(1)]),
  madeBy: z.string(),
  deletion: z.string(),
});
/** The last decision on an identifier. `deletion` and `madeBy` may be empty. */
export type SuppressionDecision = z.infer<typeof decisionRow>;

/** What is kept of an identifier that must not come in. */
export function suppressionHash({ kind, id }: Identifier): string {
  return hash("sha256", `${kind}\0${id}`, "hex");
}

/** Every decision on an identifier: deletions, and what was decided by hand. */
const decisions = sql`SELECT toString(kind) AS of, suppressed.hash AS hash, toUnixTimestamp64Milli(made.at) AS made_at, 1 AS suppressed, made.by AS by, deletion AS cause
    FROM suppressed_ids AS suppressed
    LEFT JOIN (SELECT id, any(deletions.at) AS at, any(made_by) AS by FROM deletions GROUP BY id) AS made ON made.id = deletion
  UNION ALL SELECT toString(kind) AS of, hash, toUnixTimestamp64Milli(at) AS made_at, toUInt8(action = 'suppressed') AS suppressed, made_by AS by, '' AS cause
    FROM suppression_log`;

/** The last decision on each identifier, by its hash. Of two of one moment it is the one that keeps the identifier out. */
function lastDecisions(which: Sql): Sql {
  const order = sql`(made_at, suppressed)`;
  return sql`SELECT any(of) AS kind, hash, max(made_at) AS moment, argMax(suppressed, ${order}) AS isSuppressed,
      argMax(by, ${order}) AS madeBy, argMax(cause, ${order}) AS deletion
    FROM (${decisions}) ${which} GROUP BY hash`;
}

/** The identifiers that must not come in, as `suppressionHash` makes them. */
export async function readSuppressed(eventStore: EventStore): Promise<Set<string>> {
  const rows = await eventStore.query(sql`SELECT hash FROM (${lastDecisions(empty)}) WHERE isSuppressed = 1`, hashRow);
  return new Set(rows.map((row) => row.hash));
}

/** Those identifiers with what suppressed them, the latest first; `after` is the last of the page before. */
export function listSuppressed(
  eventStore: EventStore,
  limit: number,
  after: { moment: number; hash: string } | undefined,
): Promise<SuppressionDecision[]> {
  const older =
    after === undefined
      ? empty
      : sql`AND (moment, hash) < (toInt64(${param.int64(after.moment)}), ${param.string(after.hash)})`;
  return eventStore.query(
    sql`SELECT * FROM (${lastDecisions(empty)}) WHERE isSuppressed = 1 ${older}
      ORDER BY moment DESC, hash DESC LIMIT ${param.uint32(limit)}`,
    decisionRow,
  );
}

/** The last decision on one identifier; undefined where there was none. */
export async function lastDecision(eventStore: EventStore, hashed: string): Promise<SuppressionDecision | undefined> {
  const [decision] = await eventStore.query(lastDecisions(sql`WHERE hash = ${param.string(hashed)}`), decisionRow);
  return decision;
}

/** Writes down what somebody decided. */
export function logDecision(
  eventStore: EventStore,
  { kind, hash, moment, isSuppressed, madeBy }: Omit<SuppressionDecision, "deletion">,
): Promise<void> {
  const action = isSuppressed === 1 ? "suppressed" : "lifted";
  return eventStore.insert("suppression_log", [{ kind, hash, action, at: storedMoment(moment), made_by: madeBy }]);
}
