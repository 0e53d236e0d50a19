import * as z from "zod";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";

/** How long messages are kept aside, and how many of those that came by requests. */
export const keptDays = 30;
export const keptMessages = 200_000;
/** The figures of what came in. */
const figureDays = 400;
const dayMs = 86_400_000;

const sweepMs = 10 * 60_000;

const edgeRow = z.strictObject({ edge: z.string().nullable() });

/** Removes what was kept for long enough, and the oldest of what is too many. */
async function sweepKept(eventStore: EventStore, now: number): Promise<void> {
  const old = param.moment(now - keptDays * dayMs);
  await eventStore.command(sql`DELETE FROM kept_messages WHERE received_at < ${old}`);
  const [oldest] = await eventStore.query(
    sql`SELECT (SELECT received_at FROM kept_messages WHERE import_id = ''
      ORDER BY received_at DESC LIMIT 1 OFFSET ${param.uint32(keptMessages)}) AS edge`,
    edgeRow,
  );
  if (oldest?.edge) {
    const edge = param.moment(Date.parse(oldest.edge));
    await eventStore.command(sql`DELETE FROM kept_messages WHERE import_id = '' AND received_at <= ${edge}`);
  }
  const month = param.moment(now - figureDays * dayMs);
  await eventStore.command(sql`DELETE FROM ingest_minutes WHERE minute < ${month}`);
  await eventStore.command(sql`DELETE FROM plan_violations WHERE hour < ${month}`);
}

/** Sweeps every ten minutes; the answered function ends that. */
export function keepSwept(eventStore: EventStore, onError: (error: unknown) => void): () => Promise<void> {
  let sweeping: Promise<void> = Promise.resolve();
  const sweep = () => {
    sweeping = sweepKept(eventStore, Date.now()).catch(onError);
  };
  const timer = setInterval(sweep, sweepMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    return sweeping;
  };
}
