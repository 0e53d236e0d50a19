import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { IdentifierKind } from "../../core/destinations/tool";
import { DeliveryError } from "../../server/destinations/delivery-error";
import type {
  DeliveryContext,
  DeliveryItem,
  Destination,
  ForwardedEvent,
  Outcome,
  SyncTarget,
} from "../../server/destinations/destination";
import { type Outgoing, openOutgoing } from "../../server/destinations/outgoing";
import type { ToolServer } from "./tool-server";

interface ToolEvent {
  readonly person: string;
  readonly name: string;
}

/** One tool as the common scenario knows it. */
export interface Rig {
  readonly destination: Destination;
  readonly server: ToolServer;
  readonly settings: Record<string, unknown>;
  /** Other than the defaults. */
  readonly options?: Record<string, unknown>;
  /** The origin that the tool's code asks; it is led to the test server. */
  readonly origin: string;
  /** Whom the tool has now. */
  members(audienceId: string): readonly string[] | Promise<readonly string[]>;
  /** False for a tool that takes a request or does not, whoever is in it. */
  readonly refusesOne?: false;
  /** Events the tool has been told, by person and name. */
  events?(): readonly ToolEvent[] | Promise<readonly ToolEvent[]>;
}

export const audience = { id: "a1", key: "stuck_before_activation", name: "Stuck before activation" };

/** The product's way out, where requests to the tool's origin arrive at the server of the test. */
export function ledTo({ origin, server }: Rig): Outgoing {
  const outgoing = openOutgoing({ allowPrivateAddresses: true, filesDir: "/nowhere" });
  return {
    fetch: (url, request) => {
      const asked = new URL(url);
      if (asked.origin !== origin) throw new Error(`Nobody is expected at ${asked.origin}`);
      return outgoing.fetch(`${server.origin}${asked.pathname}${asked.search}`, request);
    },
    connect: outgoing.connect,
    filesDir: outgoing.filesDir,
    close: outgoing.close,
  };
}

export function contextOf({ fetch, connect, filesDir }: Outgoing): DeliveryContext {
  return { fetch, connect, filesDir, signal: new AbortController().signal, now: () => new Date() };
}

export function identifierOf(person: number, kind: IdentifierKind): string {
  return kind === "email" ? `person-${person}@example.com` : `person-${person}`;
}

export function item(person: number, change: DeliveryItem["change"], kind: IdentifierKind): DeliveryItem {
  const email = identifierOf(person, "email");
  return {
    key: randomUUID(),
    change,
    at: new Date().toISOString(),
    profileId: String(person),
    identifier: { kind, value: identifierOf(person, kind) },
    person: { userId: identifierOf(person, "userId"), email },
    fields: { email },
  };
}

export function event(person: number, kind: IdentifierKind): ForwardedEvent {
  return {
    key: randomUUID(),
    type: "track",
    event: "Project Created",
    timestamp: new Date().toISOString(),
    userId: identifierOf(person, "userId"),
    anonymousId: null,
    identifier: { kind, value: identifierOf(person, kind) },
    properties: { template: "blank" },
    context: {},
  };
}

/** Settings of a sync as the engine hands them over: defaults filled in, and `{{key}}` and `{{name}}` with them. */
export function targetOf({ destination, options = {} }: Rig, prepared: Record<string, string>): SyncTarget<unknown> {
  const read = destination.tool.options.parse(options);
  const filled = Object.entries(read).map(([name, value]) => [
    name,
    typeof value === "string" ? value.replaceAll("{{key}}", audience.key).replaceAll("{{name}}", audience.name) : value,
  ]);
  return { syncId: "s1", audience, options: Object.fromEntries(filled), prepared };
}

/** One call of `deliver`. */
export function deliverOnce(rig: Rig, target: SyncTarget<unknown>, items: readonly DeliveryItem[], way: Outgoing) {
  const key = items.map((one) => one.key).join();
  return rig.destination.deliver({ key, target, items }, rig.settings, contextOf(way));
}

/**
 * Delivers in batches as the tool wants them and tries again whatever is to be tried again. Answers the people who were given
 * up, with the reason.
 */
export async function deliverAll(
  rig: Rig,
  target: SyncTarget<unknown>,
  items: readonly DeliveryItem[],
  way: Outgoing,
): Promise<Map<string, string>> {
  const gaveUp = new Map<string, string>();
  let waiting = [...items];
  for (let attempt = 0; waiting.length > 0; attempt += 1) {
    if (attempt > 50) throw new Error(`${waiting.length} are still waiting after ${attempt} attempts`);
    const batch = waiting.slice(0, rig.destination.tool.batchSize);
    const outcomes = await deliverOnce(rig, target, batch, way).catch(async (error): Promise<Outcome[]> => {
      if (!(error instanceof DeliveryError) || error.fault === "invalid") throw error;
      if (error.fault === "credential" || error.fault === "settings") throw error;
      await sleep(error.retryAfterMs ?? 0);
      return batch.map(() => ({ result: "retry", reason: error.message }));
    });
    if (outcomes.length !== batch.length) throw new Error("There is not one outcome for each item");
    outcomes.forEach((outcome, index) => {
      const person = batch[index]?.identifier.value ?? "";
      if (outcome.result === "gave_up") gaveUp.set(person, outcome.reason);
    });
    waiting = [...batch.filter((_, index) => outcomes[index]?.result === "retry"), ...waiting.slice(batch.length)];
  }
  return gaveUp;
}
