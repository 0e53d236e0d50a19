import type { Connection } from "../destinations/connection";
import { DeliveryError } from "../destinations/delivery-error";
import type { DeliveryContext, Outcome } from "../destinations/destination";
import type { OutgoingConnect, OutgoingFetch } from "../destinations/outgoing";
import { type Exchange, masked, recordingFetch } from "../destinations/recording";
import type { LoggedItem, Planned, Settled } from "./delivery-log";
import { pauseBefore } from "./pauses";
import type { Trouble } from "./trouble";

/** Attempts that a single item gets where the tool refuses only some. */
const attemptsOfOne = 8;

/** What deliveries of a sync, or of whatever else is sent, go by. */
export interface DeliveryWay<Item extends LoggedItem> {
  readonly connection: Connection;
  readonly fetch: OutgoingFetch;
  readonly connect: OutgoingConnect;
  readonly filesDir: string;
  readonly signal: AbortSignal;
  /** Whether one that the tool puts off alone is left for later, so that the others need not wait for it. */
  readonly putsOff: boolean;
  now(): Date;
  /** One outcome for each item, in their order. Errors: DeliveryError where the whole of it failed. */
  send(items: readonly Item[], context: DeliveryContext): Promise<Outcome[]>;
  /** Waits, unless something happens that makes another attempt worth while. */
  pause(milliseconds: number): Promise<void>;
  /** Told when the whole of it fails, and with null when it gets on again. */
  onTrouble(trouble: Trouble | null): Promise<void>;
  /** Writes an attempt down before the next one begins. */
  onAttempt(settled: readonly Settled<Item>[], exchanges: readonly Exchange[], attempt: number): Promise<void>;
}

/**
 * Sends items in order until each of them is delivered, given up, or put off: the whole of it again and again where the tool cannot
 * be used, single ones `attemptsOfOne` times, counted from `first`. Where a tool refuses a request for what is in it, halves are sent until the one
 * that is refused is alone. Rejects with the signal's reason.
 */
export async function deliverAll<Item extends LoggedItem>(
  items: readonly Planned<Item>[],
  way: DeliveryWay<Item>,
  first = 1,
): Promise<void> {
  let waiting = items;
  for (let attempt = first; waiting.length > 0; attempt += 1) {
    way.signal.throwIfAborted();
    const exchanges: Exchange[] = [];
    const outcomes = await sendOnce(waiting, exchanges, way);
    const all = outcomes instanceof DeliveryError ? whole(outcomes, waiting, attempt) : outcomes;
    if (outcomes instanceof DeliveryError && outcomes.fault === "invalid" && waiting.length > 1) {
      const half = Math.ceil(waiting.length / 2);
      await deliverAll(waiting.slice(0, half), way, attempt);
      return deliverAll(waiting.slice(half), way, attempt);
    }
    const isAlone = !(outcomes instanceof DeliveryError);
    const now = way.now().getTime();
    const settled = waiting.map((planned, index) =>
      settledAs(
        all[index] ?? missing,
        planned,
        { attempt, isAlone, putsOff: way.putsOff, now },
        way.connection.secrets,
      ),
    );
    await way.onAttempt(settled, exchanges, attempt);
    waiting = waiting.filter((_, index) => settled[index]?.result === "retry" && settled[index].isPutOff === false);
    if (waiting.length === 0) {
      await way.onTrouble(null);
      return;
    }
    const waits = settled.filter(({ isPutOff }) => !isPutOff).map(({ retryAt }) => retryAt ?? 0);
    const retryAt = waits.reduce((latest, at) => Math.max(latest, at), now);
    if (outcomes instanceof DeliveryError) {
      const message = masked(outcomes.message, way.connection.secrets);
      await way.onTrouble({ fault: outcomes.fault, message, attempts: attempt, retryAt });
      if (outcomes.retryAfterMs !== undefined) way.connection.pacer.holdBack(outcomes.retryAfterMs);
    } else {
      await way.onTrouble(null);
    }
    await way.pause(retryAt - way.now().getTime());
  }
}

/** A tool's folder that answers fewer outcomes than it got items has a defect; nobody is lost by it. */
const missing: Outcome = { result: "retry", reason: "The tool said nothing of this one." };

async function sendOnce<Item extends LoggedItem>(
  items: readonly Planned<Item>[],
  exchanges: Exchange[],
  { connection: { pacer, secrets }, send, fetch, connect, filesDir, signal, now }: DeliveryWay<Item>,
): Promise<Outcome[] | DeliveryError> {
  try {
    return await send(
      items.map(({ item }) => item),
      { signal, fetch: recordingFetch(fetch, { pacer, secrets, exchanges, signal }), connect, filesDir, now },
    );
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DeliveryError) return error;
    throw error;
  }
}

/** What the failure of a whole request is for each of its items. */
function whole(error: DeliveryError, items: readonly unknown[], attempt: number): Outcome[] {
  const { fault, message: reason, retryAfterMs } = error;
  const outcome: Outcome =
    fault === "invalid"
      ? { result: "gave_up", reason }
      : { result: "retry", reason, afterMs: pauseBefore(attempt, fault, retryAfterMs) };
  return items.map(() => outcome);
}

interface Attempt {
  readonly attempt: number;
  /** The tool spoke of each item, and not of all of them at once. */
  readonly isAlone: boolean;
  readonly putsOff: boolean;
  readonly now: number;
}

function settledAs<Item extends LoggedItem>(
  outcome: Outcome,
  planned: Planned<Item>,
  { attempt, isAlone, putsOff, now }: Attempt,
  secrets: readonly string[],
): Settled<Item> {
  const over = { ...planned, retryAt: null, isPutOff: false };
  if (outcome.result === "delivered") return { ...over, result: "delivered", reason: "" };
  const reason = masked(outcome.reason, secrets);
  if (outcome.result === "gave_up") return { ...over, result: "gave_up", reason };
  const isOwn = isAlone && outcome.heldUp !== true;
  if (isOwn && attempt >= attemptsOfOne) {
    return { ...over, result: "gave_up", reason: `Tried ${attemptsOfOne} times. ${reason}` };
  }
  const wait = Math.max(outcome.afterMs ?? 0, isAlone ? pauseBefore(attempt, "unavailable", undefined) : 0);
  return { ...planned, result: "retry", reason, retryAt: now + wait, isPutOff: isOwn && putsOff };
}
