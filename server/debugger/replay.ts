import * as z from "zod";
import type { replayKept } from "../../core/api/debugger";
import type { AnswerOf, BodyOf } from "../../core/api/endpoint";
import { messageTypes } from "../../core/event/message";
import type { EventStore, InsertRow } from "../event-store/event-store";
import { param, type Sql, sql } from "../event-store/sql";
import { storedMoment } from "../event-store/stored-moment";
import type { Arrived, Intake, Outcome } from "../ingest/intake";
import { maxImportedMessageBytes, type RequestLimits } from "../ingest/limits";
import { normalize } from "../ingest/normalize";
import { isAside, keptFactColumns, keptFacts, keptWhere } from "./kept-messages";

/** Messages of one call; more of a reason are left for another. */
const maxMessages = 10_000;
const chunkSize = 1_000;

const storedRow = z.strictObject({ ...keptFacts, around: z.string(), version: z.int() });
type Stored = z.infer<typeof storedRow>;
const countRow = z.strictObject({ count: z.int(), impossible: z.int() });

const around = z.object({
  type: z.enum(messageTypes).optional(),
  sentAt: z.unknown().optional(),
  context: z.unknown().optional(),
  integrations: z.unknown().optional(),
  trustTimestamps: z.boolean().optional(),
});

interface ReplayStores {
  env: { limits: RequestLimits };
  eventStore: EventStore;
  intake: Intake;
  now(): Date;
}

type Replay = AnswerOf<typeof replayKept>;

/**
 * Sends messages that were kept aside the way of all messages again, as if they came now: by the tracking plan of today, with
 * their own messageIds and the time at which they were received. What became of each is written down with it.
 */
export async function replay(services: ReplayStores, body: BodyOf<typeof replayKept>): Promise<Replay> {
  const { eventStore } = services;
  const which =
    "ids" in body
      ? sql`id IN (SELECT arrayJoin(${param.strings(body.ids)}))`
      : keptWhere({ verdict: body.reason.verdict, code: body.reason.code, sourceId: body.reason.sourceId });
  const begun = services.now().getTime();
  const untried = sql`(replayed_at IS NULL OR replayed_at < ${param.moment(begun)})`;
  const where = sql`${which} AND ${isAside} AND ${untried}`;
  const [found] = await eventStore.query(
    sql`SELECT countIf(whole = 1) AS count, countIf(whole = 0) AS impossible FROM kept_messages FINAL WHERE ${where}`,
    countRow,
  );
  const total = found?.count ?? 0;
  const outcomes: Outcome[] = [];
  while (outcomes.length < Math.min(total, maxMessages)) {
    const rows = await nextRows(eventStore, where);
    if (rows.length === 0) break;
    outcomes.push(...(await replayRows(services, rows, begun)));
  }
  return summary(outcomes, found?.impossible ?? 0, Math.max(0, total - outcomes.length));
}

function nextRows(eventStore: EventStore, where: Sql): Promise<Stored[]> {
  return eventStore.query(
    sql`SELECT ${keptFactColumns}, around, version FROM kept_messages FINAL WHERE ${where} AND whole = 1
      ORDER BY kept_messages.received_at, id LIMIT ${param.uint32(chunkSize)}`,
    storedRow,
  );
}

async function replayRows(
  { env, eventStore, intake }: ReplayStores,
  rows: readonly Stored[],
  at: number,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const written: InsertRow[] = [];
  for (const source of new Set(rows.map((row) => row.source))) {
    const theirs = rows.filter((row) => row.source === source);
    const taken = await intake.take(
      source,
      theirs.map((row) => readAgain(row, env.limits)),
      "replay",
    );
    outcomes.push(...taken);
    theirs.forEach((row, index) => {
      const outcome = taken[index];
      if (outcome !== undefined) written.push(rowAfter(row, outcome, at));
    });
  }
  await eventStore.insert("kept_messages", written);
  return outcomes;
}

/** What was kept, read as it would be if it came now. */
function readAgain(row: Stored, limits: RequestLimits): Arrived {
  const way = around.parse(JSON.parse(row.around));
  const raw: unknown = JSON.parse(row.raw);
  const receivedAt = Date.parse(row.received_at);
  const envelope = {
    ...way,
    receivedAt,
    trustTimestamps: way.trustTimestamps === true,
    maxMessageBytes: row.import_id === "" ? limits.messageBytes : maxImportedMessageBytes,
    // Named so, a message without an id of its own is the same at each replay.
    nameMessage: () => row.id,
  };
  return { raw, read: normalize(raw, way.type, envelope, 0), receivedAt, around: way };
}

function rowAfter(row: Stored, { verdict, refusal }: Outcome, at: number): InsertRow {
  const message =
    refusal?.message ?? (verdict === "duplicate" ? "A message with this messageId is there already." : "");
  return {
    ...row,
    received_at: storedMoment(Date.parse(row.received_at)),
    replayed_at: storedMoment(at),
    outcome: verdict,
    outcome_message: message,
    version: row.version + 1,
  };
}

function summary(outcomes: readonly Outcome[], impossible: number, left: number): Replay {
  const counts = { accepted: 0, duplicate: 0, refused: 0, blocked: 0 };
  const reasons = new Map<string, Replay["reasons"][number]>();
  for (const { verdict, refusal } of outcomes) {
    counts[verdict]++;
    if (refusal === null) continue;
    const known = reasons.get(refusal.code);
    if (known) known.count++;
    else reasons.set(refusal.code, { code: refusal.code, message: refusal.message, count: 1 });
  }
  return { tried: outcomes.length, ...counts, impossible, left, reasons: [...reasons.values()] };
}
