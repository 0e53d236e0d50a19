import type * as z from "zod";
import { webhook } from "../../../core/destinations/webhook";
import { assertTaken } from "../answer-faults";
import { type DeliveryContext, type DeliveryItem, destination, type ForwardedEvent } from "../destination";
import { delivered, oneByOne } from "../in-turn";
import { signedHeaders } from "./sign";

type Settings = z.output<typeof webhook.settings>;

/** Sends one request; `id` is the same whenever it is sent again, and is what a receiver knows a repetition by. */
async function send(id: string, payload: object, { url, secret, headers }: Settings, context: DeliveryContext) {
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

export const webhookDestination = destination(webhook, {
  async test(settings, context) {
    await send(`test-${context.now().getTime()}`, { type: "test" }, settings, context);
    return `${new URL(settings.url).host} took a signed test request.`;
  },
  async deliver({ key, items, target: { audience, syncId, options } }, settings, context) {
    const about = { type: "audience.changes", syncId, audience };
    if (!options.batched) {
      return oneByOne(items, (item) => send(item.key, { ...about, changes: [shown(item)] }, settings, context));
    }
    await send(key, { ...about, changes: items.map(shown) }, settings, context);
    return items.map(() => delivered);
  },
  forward: (events, settings, context) =>
    oneByOne(events, (event) => send(event.key, { type: "event", event: shownEvent(event) }, settings, context)),
});
