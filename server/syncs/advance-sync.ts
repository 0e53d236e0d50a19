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
import { derivedUntil } from "../memberships/heard";
import type { Memberships } from "../memberships/memberships";
import type { Metadata } from "../metadata/scoped";
import { DeliveryLog } from "./delivery-log";
import { pauseFor } from "./pause-for";
import { pauseBefore } from "./pauses";
import { PeopleBook } from "./people-book";
import type { Step } from "./plan-items";
import { processRun, runsOf, type StepsContext } from "./process-steps";
import { namedBetween, renamedSteps } from "./renamed";
import { filledOptions } from "./sync-options";
import { cursorOfStep, nextChanges, nextEntering, nextLeaving, type Wanted, wantedOf } from "./sync-steps";
import { storeTrouble, troubleOf } from "./trouble";
import { sendWaiting } from "./waiting-people";
import type { Next } from "./work-loop";

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

/** What a sync at work has in memory; all of it can be found again. */
export interface SyncMemory {
  /** People of whom it is known that they were given a name, or another one, and up to which arrival that was looked for. */
  names: { readonly profiles: Set<number>; until: number } | undefined;
}

/** How often it is looked again for what nobody tells of. */
const idleMs = 15_000;
/** Who is in an audience is being found for the first time. */
const notYetMs = 250;
const idle: Next = { wait: idleMs };
const changesAtOnce = 1_000;
const preparedAnswer = z.record(z.string(), z.string());

/**
 * The next piece of a sync: who has to leave, then everybody in the order of their numbers, then the log of changes, then those who are
 * named otherwise by now, then those who are tried again. Where it stands is stored after each run of people is delivered and logged, so
 * that whatever cuts it off repeats at most one run. Rejects with the signal's reason.
 */
export async function advanceSync(
  id: string,
  around: SyncSurroundings,
  memory: SyncMemory,
  signal: AbortSignal,
): Promise<Next> {
  const { metadata, memberships, eventStore } = around;
  const sync = await metadata.sync.findUnique({
    where: { id },
    include: { destination: true, audience: { select: { key: true, name: true } } },
  });
  if (sync === null) return "gone";
  if (sync.status !== "running") return idle;
  const wanted = wantedOf(memberships, sync);
  if (wanted === undefined) return { wait: notYetMs };
  if (sync.cursor === null) {
    const namesUntil = BigInt(await derivedUntil(eventStore));
    const first = { firstNext: 0, firstDone: 0, firstTotal: wanted.people.count };
    await metadata.sync.updateMany({ where: { id }, data: { cursor: String(wanted.cursor), namesUntil, ...first } });
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
  await tellNames(sync, wanted, context, around, memory);
  const due = await sendWaiting(wanted, context);
  if (due === undefined) return idle;
  return { wait: Math.min(idleMs, Math.max(0, due - around.now().getTime())) };
}

/** Tells the tool of people who were given a name since it was last looked, or another one. */
async function tellNames(
  sync: StoredSync,
  wanted: Wanted,
  context: StepsContext,
  { metadata, eventStore }: SyncSurroundings,
  memory: SyncMemory,
): Promise<void> {
  if (memory.names === undefined) {
    const until = await derivedUntil(eventStore);
    const between = { after: Number(sync.namesUntil ?? until), until };
    const named = await namedBetween(eventStore, context.connection.identifier, between);
    memory.names = { profiles: new Set(named), until };
  }
  const { profiles, until } = memory.names;
  const own = [...profiles].filter((profile) => wanted.people.has(profile));
  for (const profile of profiles) profiles.delete(profile);
  try {
    for (let from = 0; from < own.length; from += changesAtOnce) {
      const some = own.slice(from, from + changesAtOnce);
      const steps = await renamedSteps(some, { syncId: sync.id, until }, wanted, context);
      for (const run of runsOf(steps, context.connection.destination.tool.batchSize)) {
        await processRun(run, context);
        context.way.signal.throwIfAborted();
      }
    }
  } catch (error) {
    // Found again from what is stored.
    memory.names = undefined;
    throw error;
  }
  if (Number(sync.namesUntil ?? -1) < until) {
    await metadata.sync.updateMany({ where: { id: sync.id }, data: { namesUntil: BigInt(until) } });
  }
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
      prepared = await prepare(target, connection.settings, { ...outgoing, fetch, signal, now });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof DeliveryError)) throw error;
      const attempts = (troubleOf(sync.trouble)?.attempts ?? 0) + 1;
      const wait = pauseBefore(attempts, error.fault, error.retryAfterMs);
      const { fault, message } = error;
      await storeTrouble(metadata, sync.id, { fault, message, attempts, retryAt: now().getTime() + wait }, now());
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
    target: { ...target, prepared },
    way: {
      fetch: outgoing.fetch,
      connect: outgoing.connect,
      filesDir: outgoing.filesDir,
      signal,
      now,
      pause: (milliseconds) => pauseFor(milliseconds, signal),
      async onTrouble(trouble) {
        if (trouble === null && !isTroubled) return;
        isTroubled = trouble !== null;
        await storeTrouble(metadata, sync.id, trouble, now());
      },
    },
  };
}

interface Advance {
  cursor?: string;
  firstNext?: bigint | null;
  firstDone?: { increment: number };
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
  const steps = await nextEntering(sync, wanted, context.book, { from: Number(sync.firstNext), limit, at });
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
