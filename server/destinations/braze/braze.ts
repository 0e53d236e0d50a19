import * as z from "zod";
import { braze } from "../../../core/destinations/braze";
import { assertTaken } from "../answer-faults";
import { askJson } from "../ask-json";
import { audienceEvent } from "../audience-event";
import { DeliveryError } from "../delivery-error";
import {
  type DeliveryContext,
  type DeliveryItem,
  destination,
  type ForwardedEvent,
  type Outcome,
  type SyncTarget,
} from "../destination";
import { delivered, inTurn } from "../in-turn";
import { pieces } from "../pieces";

type Settings = z.output<typeof braze.settings>;
type Options = z.output<typeof braze.options>;

/** Objects of one request, of all kinds together. */
const objectLimit = 75;
const bodyLimit = 3_900_000;
const arrays = ["attributes", "events"] as const;

const answer = z.object({
  message: z.string(),
  errors: z.array(z.object({ type: z.string(), input_array: z.string(), index: z.int() })).default([]),
});

type Sent = Record<(typeof arrays)[number], object[]>;

/** What Braze refused of the objects of one request, by array and index. */
async function track(body: Partial<Sent>, { restEndpoint, apiKey }: Settings, context: DeliveryContext) {
  const { message, errors } = await askJson(context, new URL("/users/track", restEndpoint).href, {
    headers: { authorization: `Bearer ${apiKey}`, "x-braze-batch": "true" },
    body,
    answer,
    timeoutMs: 30_000,
  });
  if (message !== "success") throw new DeliveryError("invalid", `Braze refused the request: ${message}`);
  return (array: (typeof arrays)[number], index: number) =>
    errors.find((error) => error.input_array === array && error.index === index)?.type;
}

function who({ identifier }: Pick<DeliveryItem, "identifier">) {
  return identifier.kind === "email" ? { email: identifier.value } : { external_id: identifier.value };
}

function attributesOf(item: DeliveryItem, { attribute, createPeople }: Options) {
  const entered = item.change === "entered";
  return {
    ...(entered && item.fields),
    ...who(item),
    [attribute]: entered,
    _update_existing_only: !(entered && createPeople),
  };
}

function outcomeOf(refusal: string | undefined): Outcome {
  return refusal === undefined ? delivered : { result: "gave_up", reason: `Braze refused this one: ${refusal}` };
}

async function sendItems(
  items: readonly DeliveryItem[],
  target: SyncTarget<Options>,
  settings: Settings,
  context: DeliveryContext,
) {
  const attributes = items.map((item) => attributesOf(item, target.options));
  const events = items.map((item) => {
    const event = audienceEvent(item, target);
    return { ...who(item), ...event, time: item.at, _update_existing_only: !target.options.createPeople };
  });
  const refusal = await track({ attributes, ...(target.options.sendEvents && { events }) }, settings, context);
  return items.map((_, index) => outcomeOf(refusal("attributes", index) ?? refusal("events", index)));
}

async function sendEvents(events: readonly ForwardedEvent[], settings: Settings, context: DeliveryContext) {
  const sent = events.map((event) => ({
    ...who(event),
    name: event.event,
    time: event.timestamp,
    properties: event.properties,
  }));
  const refusal = await track({ events: sent }, settings, context);
  return events.map((_, index) => outcomeOf(refusal("events", index)));
}

export const brazeDestination = destination(braze, {
  async test(settings, { fetch, signal, now }) {
    // Nothing in the body: a key that may write is told that data are missing, and any other one that it may not.
    const response = await fetch(new URL("/users/track", settings.restEndpoint), {
      method: "POST",
      headers: { authorization: `Bearer ${settings.apiKey}`, "content-type": "application/json" },
      body: "{}",
      signal,
    });
    if (response.status !== 400) await assertTaken(response, { now: now().getTime() });
    return `${new URL(settings.restEndpoint).host} takes this key for users.track.`;
  },
  deliver({ items, target }, settings, context) {
    const count = target.options.sendEvents ? Math.floor(objectLimit / 2) : objectLimit;
    return inTurn(
      items,
      pieces(items, (item) => attributesOf(item, target.options), { count, bytes: bodyLimit / 2 }).map((piece) => ({
        items: piece,
        send: (some) => sendItems(some, target, settings, context),
        halve: true,
      })),
    );
  },
  forward: (events, settings, context) =>
    inTurn(
      events,
      pieces(events, ({ properties }) => properties, { count: objectLimit, bytes: bodyLimit / 2 }).map((piece) => ({
        items: piece,
        send: (some) => sendEvents(some, settings, context),
        halve: true,
      })),
    ),
});
