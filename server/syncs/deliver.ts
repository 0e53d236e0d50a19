import { createHash } from "node:crypto";
import type { Connection } from "../destinations/connection";
import { DeliveryError } from "../destinations/delivery-error";
import type { Outcome, SyncTarget } from "../destinations/destination";
import type { OutgoingConnect, OutgoingFetch } from "../destinations/outgoing";
import { type Exchange, masked, recordingFetch } from "../destinations/recording";
import type { Settled } from "./delivery-log";
import { pauseBefore } from "./pauses";
import type { PlannedItem } from "./plan-items";
import type { Trouble } from "./trouble";

/** Attempts that a single person gets where the tool refuses only some. */
const attemptsOfOne = 8;

export interface DeliveryWay {
  readonly connection: Connection;
  readonly target: SyncTarget<unknown>;
  readonly fetch: OutgoingFetch;
  readonly connect: OutgoingConnect;
  readonly signal: AbortSignal;
  now(): Date;
  /** Waits, unless something happens that makes another attempt worth while. */
  pause(milliseconds: number): Promise<void>;
  /** Told when the whole of it fails, and with null when it gets on again. */
  onTrouble(trouble: Trouble | null): Promise<void>;
  /** Writes an attempt down before the next one begins. */
  onAttempt(settled: readonly Settled[], exchanges: readonly Exchange[], attempt: number): Promise<void>;
}

/** The same for the very same items. */
function batchKey(items: readonly PlannedItem[]): string {
  return createHash("sha256")
    .update(items.map(({ item }) => item.key).join("\n"))
    .digest("hex")
    .slice(0, 32);
}

/**
 * Sends items in order until each of them is delivered or given up: the whole of it again and again where the tool cannot be
 * used, single ones `attemptsOfOne` times. Where a tool refuses a request for what is in it, halves are sent until the one
 * that is refused is alone. Rejects with the signal's reason.
 */
export async function deliverAll(items: readonly PlannedItem[], way: DeliveryWay): Promise<void> {
  let waiting = items;
  for (let attempt = 1; waiting.length > 0; attempt += 1) {
    way.signal.throwIfAborted();
    const exchanges: Exchange[] = [];
    const outcomes = await sendOnce(waiting, exchanges, way);
    const all = outcomes instanceof DeliveryError ? whole(outcomes, waiting, attempt) : outcomes;
    if (outcomes instanceof DeliveryError && outcomes.fault === "invalid" && waiting.length > 1) {
      const half = Math.ceil(waiting.length / 2);
      await deliverAll(waiting.slice(0, half), way);
      return deliverAll(waiting.slice(half), way);
    }
    const wait = all.reduce((longest, outcome) => Math.max(longest, pauseOf(outcome, attempt)), 0);
    const retryAt = way.now().getTime() + wait;
    const lastTry = !(outcomes instanceof DeliveryError) && attempt >= attemptsOfOne;
    const settled = waiting.map(({ item, profile }, index) =>
      settledAs(all[index] ?? missing, { item, profile }, lastTry, retryAt, way.connection.secrets),
    );
    await way.onAttempt(settled, exchanges, attempt);
    waiting = waiting.filter((_, index) => settled[index]?.result === "retry");
    if (waiting.length === 0) {
      await way.onTrouble(null);
      return;
    }
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

function pauseOf(outcome: Outcome, attempt: number): number {
  return outcome.result === "retry" ? (outcome.afterMs ?? pauseBefore(attempt, "unavailable", undefined)) : 0;
}

/** A tool's folder that answers fewer outcomes than it got items has a defect; nobody is lost by it. */
const missing: Outcome = { result: "retry", reason: "The tool said nothing of this one." };

async function sendOnce(
  items: readonly PlannedItem[],
  exchanges: Exchange[],
  { connection, target, fetch, connect, signal, now }: DeliveryWay,
): Promise<Outcome[] | DeliveryError> {
  const { destination, settings, pacer, secrets } = connection;
  try {
    return await destination.deliver({ key: batchKey(items), target, items: items.map(({ item }) => item) }, settings, {
      signal,
      fetch: recordingFetch(fetch, { pacer, secrets, exchanges, signal }),
      connect,
      now,
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DeliveryError) return error;
    throw error;
  }
}

/** What the failure of a whole request is for each of its people. */
function whole(error: DeliveryError, items: readonly PlannedItem[], attempt: number): Outcome[] {
  const { fault, message: reason, retryAfterMs } = error;
  const outcome: Outcome =
    fault === "invalid"
      ? { result: "gave_up", reason }
      : { result: "retry", reason, afterMs: pauseBefore(attempt, fault, retryAfterMs) };
  return items.map(() => outcome);
}

function settledAs(
  outcome: Outcome,
  { item, profile }: PlannedItem,
  lastTry: boolean,
  retryAt: number,
  secrets: readonly string[],
): Settled {
  if (outcome.result === "delivered") return { item, profile, result: "delivered", reason: "", retryAt: null };
  const reason = masked(outcome.reason, secrets);
  if (outcome.result === "gave_up") return { item, profile, result: "gave_up", reason, retryAt: null };
  if (lastTry && outcome.heldUp !== true) {
    return { item, profile, result: "gave_up", reason: `Tried ${attemptsOfOne} times. ${reason}`, retryAt: null };
  }
  return { item, profile, result: "retry", reason, retryAt };
}
