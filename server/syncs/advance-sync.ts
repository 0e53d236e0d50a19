import * as z from "zod";
import type { Destination as DestinationRow, Sync } from "@/generated/prisma/client";
import { connectionOf } from "../destinations/connection";
import { DeliveryError } from "../destinations/delivery-error";
import type { SyncTarget } from "../destinations/destination";
import type { Outgoing } from "../destinations/outgoing";
import type { Pacer } from "../destinations/pacer";
import { recordingFetch } from "../destinations/recording";
import { destinationOf } from "../destinations/registry";
import type { Secrets } from "../destinations/secrets";
import type { EventStore } from "../event-store/event-store";
import type { Logger } from "../log";
import type { Memberships } from "../memberships/memberships";
import type { Metadata } from "../metadata/scoped";
import { DeliveryLog } from "./delivery-log";
import { pauseFor } from "./pause-for";
import { pauseBefore } from "./pauses";
import { PeopleBook } from "./people-book";
import type { Step } from "./plan-items";
import { processRun, runsOf, type StepsContext } from "./process-steps";
import { failedSteps } from "./resend";
import { filledOptions } from "./sync-options";
import { cursorOfStep, nextChanges, nextEntering, nextLeaving, type Wanted, wantedOf } from "./sync-steps";
import { storeTrouble, troubleOf } from "./trouble";

export interface SyncSurroundings {
  readonly metadata: Metadata;
  /** As everybody sees it. */
  readonly eventStore: EventStore;
  /** Without waiting for ingest: for what syncs write themselves. */
  readonly ownStore: EventStore;
  readonly memberships: Memberships;
  readonly secrets: Secrets;
  readonly outgoing: Outgoing;
  readonly log: Logger;
  /** The pace of a destination, which its syncs share. */
  pacerOf(destinationId: string, perSecond: number): Pacer;
  now(): Date;
}

type StoredSync = Sync & { destination: DestinationRow; audience: { key: string; name: string } };

/** Whether to go on at once, to look again soon or when something is heard, or never. */
type Next = "more" | "soon" | "idle" | "gone";

const changesAtOnce = 1_000;
const preparedAnswer = z.record(z.string(), z.string());

/**
 * The next piece of a sync: who has to leave, then everybody in the order of their numbers, then the log of changes, then those who
 * are sent again: all of them, or those in `resends`. Where it stands is stored after each run of people is delivered and logged, so that whatever cuts it off
 * repeats at most one run. Rejects with the signal's reason.
 */
export async function advanceSync(
  id: string,
  around: SyncSurroundings,
  resends: Set<number>,
  signal: AbortSignal,
): Promise<Next> {
  const { metadata, memberships } = around;
  const sync = await metadata.sync.findUnique({
    where: { id },
    include: { destination: true, audience: { select: { key: true, name: true } } },
  });
  if (sync === null) return "gone";
  if (sync.status !== "running") return "idle";
  const wanted = wantedOf(memberships, sync);
  if (wanted === undefined) return "soon";
  if (sync.cursor === null) {
    await metadata.sync.updateMany({
      where: { id },
      data: { cursor: String(wanted.cursor), firstNext: 0, firstDone: 0, firstTotal: wanted.people.count },
    });
    return "more";
  }
  const context = await contextOf(sync, wanted, around, signal);
  if (context === undefined) return "more";
  if (sync.firstNext !== null) return sweep(sync, wanted, context, around, signal);
  const { steps, cursor, isLast } = await nextChanges(around, sync, wanted, changesAtOnce);
  for (const run of runsOf(steps, context.connection.destination.tool.batchSize)) {
    await processRun(run, context);
    signal.throwIfAborted();
    const last = run.at(-1);
    if (last !== undefined) await advanceTo(sync, { cursor: cursorOfStep(last) }, around);
  }
  if (String(cursor) !== sync.cursor) await advanceTo(sync, { cursor: String(cursor) }, around);
  if (!isLast) return "more";
  if (sync.resendBefore !== null) return resend(sync, sync.resendBefore, wanted, context, around, signal);
  const [one] = resends;
  if (one !== undefined) {
    const entries = [...(await context.book.entriesOf([one])).values()];
    await processRun(failedSteps(entries, wanted, around.now()), context);
    resends.delete(one);
    return "more";
  }
  return "idle";
}

/** What deliveries of the sync need; undefined where it must be begun anew. */
async function contextOf(
  sync: StoredSync,
  wanted: Wanted,
  around: SyncSurroundings,
  signal: AbortSignal,
): Promise<StepsContext | undefined> {
  const { metadata, eventStore, ownStore, secrets, outgoing, now } = around;
  const { tool } = destinationOf(sync.destination.tool);
  const pacer = around.pacerOf(sync.destinationId, tool.requestsPerSecond);
  const connection = connectionOf(sync.destination, secrets, pacer);
  const options = filledOptions(sync.options, sync.audience);
  const { key, name } = sync.audience;
  const target = { syncId: sync.id, audience: { id: sync.audienceId, key, name }, options };
  const { prepare } = connection.destination;
  let prepared: SyncTarget<unknown>["prepared"] = {};
  if (sync.prepared !== null) prepared = preparedAnswer.parse(sync.prepared);
  else if (prepare !== undefined) {
    const fetch = recordingFetch(outgoing.fetch, { pacer, secrets: connection.secrets, exchanges: [], signal });
    try {
      prepared = await prepare(target, connection.settings, { signal, fetch, connect: outgoing.connect, now });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof DeliveryError)) throw error;
      const attempts = (troubleOf(sync.trouble)?.attempts ?? 0) + 1;
      const wait = pauseBefore(attempts, error.fault, error.retryAfterMs);
      const { fault, message } = error;
      await storeTrouble(metadata, sync.id, { fault, message, attempts, retryAt: now().getTime() + wait });
      await pauseFor(wait, signal);
      return undefined;
    }
    await metadata.sync.updateMany({ where: { id: sync.id }, data: { prepared } });
  }
  let isTroubled = sync.trouble !== null;
  return {
    eventStore,
    connection,
    book: await PeopleBook.open(ownStore, sync.id),
    log: new DeliveryLog(ownStore, sync.id, sync.destinationId),
    sendsEntering: sync.sendsEntering,
    sendsLeaving: sync.sendsLeaving,
    isSuppressed: (profile) => wanted.suppressed.has(profile),
    way: {
      target: { ...target, prepared },
      fetch: outgoing.fetch,
      connect: outgoing.connect,
      signal,
      now,
      pause: (milliseconds) => pauseFor(milliseconds, signal),
      async onTrouble(trouble) {
        if (trouble === null && !isTroubled) return;
        isTroubled = trouble !== null;
        await storeTrouble(metadata, sync.id, trouble);
      },
    },
  };
}

interface Advance {
  cursor?: string;
  firstNext?: bigint | null;
  firstDone?: { increment: number };
  resendBefore?: null;
}

async function advanceTo(sync: Sync, data: Advance, { metadata, now }: SyncSurroundings): Promise<void> {
  await metadata.sync.updateMany({ where: { id: sync.id }, data: { ...data, lastDeliveredAt: now() } });
}

/** Brings the tool to what should be in it, by people's numbers; those who must leave go first. */
async function sweep(
  sync: Sync,
  wanted: Wanted,
  context: StepsContext,
  around: SyncSurroundings,
  signal: AbortSignal,
): Promise<Next> {
  const limit = context.connection.destination.tool.batchSize;
  const at = sync.updatedAt;
  const process = async (steps: readonly Step[]) => {
    for (const run of runsOf(steps, limit)) {
      await processRun(run, context);
      signal.throwIfAborted();
    }
  };
  if (sync.firstNext === 0n) {
    for (let from: number | null = 0; from !== null; ) {
      const { steps, next }: { steps: Step[]; next: number | null } = await nextLeaving(sync, wanted, context.book, {
        from,
        limit,
        at,
      });
      await process(steps);
      from = next;
    }
  }
  const steps = nextEntering(sync, wanted, Number(sync.firstNext), limit, at);
  await process(steps);
  const last = steps.at(-1);
  await advanceTo(
    sync,
    {
      firstNext: last === undefined || steps.length < limit ? null : BigInt(last.profile + 1),
      firstDone: { increment: steps.length },
    },
    around,
  );
  return "more";
}

/** Sends those again who were given up before, unless something newer has been told of them. */
async function resend(
  sync: Sync,
  before: Date,
  wanted: Wanted,
  context: StepsContext,
  around: SyncSurroundings,
  signal: AbortSignal,
): Promise<Next> {
  const limit = context.connection.destination.tool.batchSize;
  for (let from: number | null = 0; from !== null; ) {
    const entries = await context.book.page(["missed", "stuck"], from, limit);
    const steps = failedSteps(entries, wanted, before);
    await processRun(steps, context);
    signal.throwIfAborted();
    const last = entries.at(-1);
    from = last === undefined || entries.length < limit ? null : last.profile + 1;
  }
  await advanceTo(sync, { resendBefore: null }, around);
  return "more";
}
