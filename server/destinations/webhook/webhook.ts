import { createHash } from "node:crypto";
import type * as z from "zod";
import { webhook } from "../../../core/destinations/webhook";
import { assertTaken } from "../answer-faults";
import { type DeliveryContext, type DeliveryItem, destination, type ForwardedEvent } from "../destination";
import { delivered, inTurn, oneByOne } from "../in-turn";
import { pieces } from "../pieces";
import { signedHeaders } from "./sign";

type Settings = z.output<typeof webhook.settings>;

/** Sends one request; `id` is the same whenever it is sent again, and is what a receiver knows a repetition by. */
export async function sendSigned(
  id: string,
  payload: object,
  { url, secret, headers }: Settings,
  context: DeliveryContext,
) {
  const body = JSON.stringify(payload);
  const response = await context.fetch(url, {
    method: "POST",
    headers: {
      ...headers,
      "content-type": "application/json",
      "user-agent": "Foothold-Webhook/1",
      "idempotency-key": id,
      ...signedHeaders(id, body, secret, context.now()),
    },
    body,
    signal: context.signal,
  });
  await assertTaken(response, { now: context.now().getTime() });
  return delivered;
}

function shown({ key, change, at, profileId, identifier, person, fields }: DeliveryItem) {
  return { id: key, change, at, profileId, identifier, userId: person.userId, email: person.email, fields };
}

function shownEvent({ key, ...event }: ForwardedEvent) {
  return { id: key, ...event };
}

const eventsAtOnce = 100;
const longestBody = 1_000_000;

/** The messageId of one event alone; of several the same for the very same ones. */
function keyOf(events: readonly ForwardedEvent[]): string {
  const [first] = events;
  if (first !== undefined && events.length === 1) return first.key;
  const hash = createHash("sha256").update(events.map(({ key }) => key).join("\n"));
  return hash.digest("hex").slice(0, 32);
}

export const webhookDestination = destination(webhook, {
  async test(settings, context) {
    await sendSigned(`test-${context.now().getTime()}`, { type: "test" }, settings, context);
    return `${new URL(settings.url).host} took a signed test request.`;
  },
  async deliver({ key, items, target: { audience, syncId, options } }, settings, context) {
    const about = { type: "audience.changes", syncId, audience };
    if (!options.batched) {
      return oneByOne(items, (item) => sendSigned(item.key, { ...about, changes: [shown(item)] }, settings, context));
    }
    await sendSigned(key, { ...about, changes: items.map(shown) }, settings, context);
    return items.map(() => delivered);
  },
  eventsAtOnce,
  forward: (events, settings, context) =>
    inTurn(
      events,
      pieces(events, shownEvent, { count: eventsAtOnce, bytes: longestBody }).map((items) => ({
        items,
        halve: true,
        send: async (some) => {
          await sendSigned(keyOf(some), { type: "events", events: some.map(shownEvent) }, settings, context);
          return some.map(() => delivered);
        },
      })),
    ),
});
