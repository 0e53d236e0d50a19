import * as z from "zod";
import type { KeptMessage } from "../../core/api/debugger";
import { verdicts } from "../../core/api/debugger";
import { AppError } from "../../core/errors";
import { violationKinds } from "../../core/tracking-plan/violation";
import type { EventStore } from "../event-store/event-store";
import { join, param, type Sql, sql } from "../event-store/sql";
import { keptVerdicts } from "../ingest/kept-message";

const defaultLimit = 50;

const violations = z.array(z.object({ kind: z.enum(violationKinds), property: z.string(), message: z.string() }));

/** What is stored of every message that is kept. */
export const keptFacts = {
  id: z.string(),
  verdict: z.enum(keptVerdicts),
  source: z.string(),
  import_id: z.string(),
  line: z.int(),
  received_at: z.string(),
  code: z.string(),
  message: z.string(),
  type: z.string(),
  event: z.string(),
  message_id: z.string(),
  user_id: z.string(),
  anonymous_id: z.string(),
  violations: z.string(),
  raw: z.string(),
  whole: z.int(),
};
export const keptFactColumns = sql`id, verdict, source, import_id, line, received_at, code, message, type, event, message_id,
  user_id, anonymous_id, violations, raw, whole`;

const keptRowShape = z.strictObject({
  ...keptFacts,
  replayed_at: z.string().nullable(),
  outcome: z.enum([...verdicts, ""]),
  outcome_message: z.string(),
});

export interface KeptFilter {
  sourceId?: string | undefined;
  verdict?: KeptMessage["verdict"] | undefined;
  code?: string | undefined;
  event?: string | undefined;
  user?: string | undefined;
}

/** What a replay has put right is no longer kept aside. */
export const isAside = sql`outcome != 'accepted'`;

/** The condition for the messages that are asked for. */
export function keptWhere({ sourceId, verdict, code, event, user }: KeptFilter): Sql {
  const parts = [sql`1`];
  if (sourceId !== undefined) parts.push(sql`source = ${param.string(sourceId)}`);
  if (verdict !== undefined) parts.push(sql`verdict = ${param.string(verdict)}`);
  if (code !== undefined) parts.push(sql`code = ${param.string(code)}`);
  if (event) parts.push(sql`positionCaseInsensitiveUTF8(event, ${param.string(event)}) > 0`);
  if (user) parts.push(sql`(user_id = ${param.string(user)} OR anonymous_id = ${param.string(user)})`);
  return join(parts, sql` AND `);
}

/** A page of what is kept aside, newest first. Throws `invalid` for a cursor that no page was answered with. */
export async function listKept(
  eventStore: EventStore,
  query: KeptFilter & { limit?: number | undefined; cursor?: string | undefined },
  options: { signal?: AbortSignal } = {},
): Promise<{ items: KeptMessage[]; nextCursor: string | null }> {
  const { limit = defaultLimit } = query;
  const rows = await eventStore.query(
    sql`SELECT ${keptFactColumns}, replayed_at, outcome, outcome_message FROM kept_messages FINAL
      WHERE ${keptWhere(query)} ${query.cursor === undefined ? sql`` : after(query.cursor)}
      ORDER BY kept_messages.received_at DESC, id DESC LIMIT ${param.uint32(limit + 1)}`,
    keptRowShape,
    options,
  );
  const items = rows.slice(0, limit).map(keptMessageOf);
  const last = items.at(-1);
  const nextCursor = rows.length > limit && last ? `${Date.parse(last.receivedAt)}.${last.id}` : null;
  return { items, nextCursor };
}

function after(cursor: string): Sql {
  const [, moment, id] = /^(\d{1,14})\.([\w-]{1,64})$/.exec(cursor) ?? [];
  if (moment === undefined || id === undefined) {
    throw new AppError("invalid", "This cursor is not one that a page was answered with.", "cursor");
  }
  return sql`AND (kept_messages.received_at, id) < (${param.moment(Number(moment))}, ${param.string(id)})`;
}

function keptMessageOf(row: z.infer<typeof keptRowShape>): KeptMessage {
  const orNull = (text: string) => (text === "" ? null : text);
  return {
    id: row.id,
    verdict: row.verdict,
    sourceId: row.source,
    importId: orNull(row.import_id),
    line: row.line === 0 ? null : row.line,
    receivedAt: row.received_at,
    code: row.code,
    message: row.message,
    type: row.type,
    event: row.event,
    messageId: orNull(row.message_id),
    userId: orNull(row.user_id),
    anonymousId: orNull(row.anonymous_id),
    violations: violations
      .parse(JSON.parse(row.violations))
      .map(({ kind, property, message }) => ({ kind, property, message })),
    raw: row.raw,
    replayable: row.whole === 1,
    replay:
      row.replayed_at === null || row.outcome === ""
        ? null
        : { at: row.replayed_at, outcome: row.outcome, message: row.outcome_message },
  };
}

const reasonRow = z.strictObject({
  verdict: z.enum(keptVerdicts),
  code: z.string(),
  message: z.string(),
  count: z.int(),
  firstAt: z.string(),
  lastAt: z.string(),
});

/** What is kept aside by reason; `message` is the last one of its code. */
export function keptReasons(
  eventStore: EventStore,
  sourceId: string | undefined,
  options: { signal?: AbortSignal } = {},
): Promise<z.infer<typeof reasonRow>[]> {
  return eventStore.query(
    sql`SELECT verdict, code, argMax(message, received_at) AS message, count() AS count,
      min(received_at) AS firstAt, max(received_at) AS lastAt
      FROM kept_messages FINAL WHERE ${keptWhere({ sourceId })} AND ${isAside}
      GROUP BY verdict, code ORDER BY count DESC, verdict, code`,
    reasonRow,
    options,
  );
}
