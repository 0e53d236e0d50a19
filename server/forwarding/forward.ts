import type { Destination as DestinationRow, Forwarding } from "@/generated/prisma/client";
import { forwardingChoices } from "../../core/destinations/forwarding";
import { connectionOf } from "../destinations/connection";
import type { Outgoing } from "../destinations/outgoing";
import type { Pacer } from "../destinations/pacer";
import { destinationOf } from "../destinations/registry";
import type { Secrets } from "../destinations/secrets";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import type { Logger } from "../log";
import { derivedUntil } from "../memberships/heard";
import type { Memberships } from "../memberships/memberships";
import type { Metadata } from "../metadata/scoped";
import { type DeliveryWay, deliverAll } from "../syncs/deliver";
import { DeliveryLog, type Planned, type Settled } from "../syncs/delivery-log";
import { pauseFor } from "../syncs/pause-for";
import { kindWords } from "../syncs/plan-items";
import type { Next } from "../syncs/work-loop";
import { type EventItem, itemsOf, messagesWhere, whichMessages } from "./chosen-messages";
import { storeForwardingTrouble } from "./trouble";

export interface ForwardSurroundings {
  readonly metadata: Metadata;
  /** As everybody sees it. */
  readonly eventStore: EventStore;
  /** Without waiting for ingest: for the log. */
  readonly ownStore: EventStore;
  readonly memberships: Memberships;
  readonly secrets: Secrets;
  readonly outgoing: Outgoing;
  readonly log: Logger;
  /** The pace of a destination, which all that goes there shares. */
  pacerOf(destinationId: string, perSecond: number): Pacer;
  now(): Date;
}

const idle: Next = { wait: 15_000 };
/** Who is in an audience is being found for the first time. */
const notYet: Next = { wait: 250 };
/** A message that is looked at stands for all before it, so that few are looked at again after a stop. */
const messagesAtOnce = 500;

/**
 * Sends the next messages on that have come in, in the order in which they came. Where it stands is stored once a request was settled
 * and logged, so that whatever cuts it off repeats at most what goes at once: one request, unless the tool takes events one by one or
 * they are large. Rejects with the signal's reason.
 */
export async function forwardNext(id: string, around: ForwardSurroundings, signal: AbortSignal): Promise<Next> {
  const { metadata, eventStore, memberships, now } = around;
  const row = await metadata.forwarding.findUnique({ where: { id }, include: { destination: true } });
  if (row === null) return "gone";
  if (row.status !== "running") return idle;
  const choices = forwardingChoices.parse(row.choices);
  const audience = choices.audienceId === null ? undefined : memberships.current(choices.audienceId);
  if (choices.audienceId !== null && audience === undefined) return notYet;
  const until = await derivedUntil(eventStore);
  const after = Number(row.sentUntil);
  if (until <= after) return idle;
  const between = sql`arrival > ${param.uint64(after)} AND arrival <= ${param.uint64(until)}`;
  const which = sql`${between} AND ${whichMessages(choices, row.destinationId)}`;
  const messages = await messagesWhere(eventStore, which, { limit: messagesAtOnce, signal });
  const wanted = messages.filter(({ profile }) => audience?.members.has(profile) ?? true);
  const { way, log } = wayOf(row, around, signal);
  const identifier = way.connection.identifier;
  const items = await itemsOf(eventStore, wanted, { identifier, fields: choices.fields, now: now().getTime() });
  const { eventsAtOnce, tool } = way.connection.destination;
  const limit = eventsAtOnce ?? tool.batchSize;
  for (let from = 0; from < items.length; from += limit) {
    const some = items.slice(from, from + limit);
    const hasName = ({ item }: Planned<EventItem>) => item.identifier.value !== "";
    await log.write(
      some.filter((one) => !hasName(one)).map((one) => skipped(one)),
      [],
      { attempt: 0, now: now().getTime() },
    );
    await deliverAll(some.filter(hasName), way);
    signal.throwIfAborted();
    const last = wanted[from + some.length - 1];
    if (last !== undefined) await advanceTo(row, last.arrival, around);
  }
  const isLast = messages.length < messagesAtOnce;
  await advanceTo(row, isLast ? until : (messages.at(-1)?.arrival ?? until), around, items.length > 0);
  return isLast ? idle : "more";
}

async function advanceTo(
  { id }: Forwarding,
  arrival: number,
  { metadata, now }: ForwardSurroundings,
  hasSent = true,
): Promise<void> {
  await metadata.forwarding.updateMany({
    where: { id },
    data: { sentUntil: BigInt(arrival), ...(hasSent && { lastDeliveredAt: now() }) },
  });
}

function skipped(planned: Planned<EventItem>): Settled<EventItem> {
  const reason = `This person has no ${kindWords[planned.item.identifier.kind]}.`;
  return { ...planned, result: "skipped", reason, retryAt: null, isPutOff: false };
}

function wayOf(
  row: Forwarding & { destination: DestinationRow },
  { metadata, ownStore, secrets, outgoing, pacerOf, now }: ForwardSurroundings,
  signal: AbortSignal,
): { way: DeliveryWay<EventItem>; log: DeliveryLog } {
  const { tool } = destinationOf(row.destination.tool);
  const connection = connectionOf(row.destination, secrets, pacerOf(row.destinationId, tool.requestsPerSecond));
  const { forward } = connection.destination;
  if (forward === undefined) throw new Error(`${tool.name} takes no events, and some are sent on to it`);
  const log = new DeliveryLog(ownStore, row.id, row.destinationId);
  let isTroubled = row.trouble !== null;
  const way: DeliveryWay<EventItem> = {
    connection,
    fetch: outgoing.fetch,
    connect: outgoing.connect,
    filesDir: outgoing.filesDir,
    signal,
    now,
    // What a person does later must not come before what they did earlier.
    putsOff: false,
    send: (items, context) =>
      forward(
        items.map(({ forwarded }) => forwarded),
        connection.settings,
        context,
      ),
    pause: (milliseconds) => pauseFor(milliseconds, signal),
    async onTrouble(trouble) {
      if (trouble === null && !isTroubled) return;
      isTroubled = trouble !== null;
      await storeForwardingTrouble(metadata, row.id, trouble, now());
    },
    onAttempt: (settled, exchanges, attempt) => log.write(settled, exchanges, { attempt, now: now().getTime() }),
  };
  return { way, log };
}
