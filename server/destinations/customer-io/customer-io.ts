import * as z from "zod";
import { customerIo } from "../../../core/destinations/customer-io";
import { askJson } from "../ask-json";
import { audienceEvent } from "../audience-event";
import {
  type DeliveryContext,
  type DeliveryItem,
  destination,
  type ForwardedEvent,
  type SyncTarget,
} from "../destination";
import { delivered, inTurn, type Part } from "../in-turn";
import { pieces } from "../pieces";
import { ulidOf } from "./ulid";
import { withUnixTimes } from "./unix-times";

type Settings = z.output<typeof customerIo.settings>;
type Options = z.output<typeof customerIo.options>;

const hosts = { us: "https://track.customer.io", eu: "https://track-eu.customer.io" };
const limits = { count: 100, bytes: 480 * 1024 };
const batchAnswer = z.object({
  errors: z
    .array(z.object({ batch_index: z.int(), reason: z.string().optional(), message: z.string().optional() }))
    .default([]),
});

function ask<Schema extends z.ZodType>(
  path: string,
  { region, siteId, apiKey }: Settings,
  context: DeliveryContext,
  request: { method?: "GET" | "POST"; body?: unknown; answer: Schema },
) {
  const authorization = `Basic ${Buffer.from(`${siteId}:${apiKey}`).toString("base64")}`;
  return askJson(context, `${hosts[region]}/api/${path}`, { ...request, headers: { authorization } });
}

function identifiers({ identifier }: Pick<DeliveryItem, "identifier">) {
  return identifier.kind === "email" ? { email: identifier.value } : { id: identifier.value };
}

/** Parts of a batch: what each item is as an entry of a request, at most 100 and 480 KB at a time. */
function batches<Item>(
  items: readonly Item[],
  shown: (item: Item) => object,
  settings: Settings,
  context: DeliveryContext,
): Part<Item>[] {
  return pieces(items, shown, limits).map((piece) => ({
    items: piece,
    halve: true,
    async send(some) {
      const { errors } = await ask("v2/batch", settings, context, {
        body: { batch: some.map(shown) },
        answer: batchAnswer,
      });
      return some.map((_, index) => {
        const error = errors.find(({ batch_index: at }) => at === index);
        if (error === undefined) return delivered;
        const reason = error.message ?? error.reason ?? "no reason given";
        return { result: "gave_up", reason: `Customer.io refused this one: ${reason}` };
      });
    },
  }));
}

function identify(item: DeliveryItem, { attribute }: Options) {
  const entered = item.change === "entered";
  return {
    type: "person",
    action: "identify",
    identifiers: identifiers(item),
    attributes: {
      ...(entered && withUnixTimes(item.fields)),
      [attribute]: entered,
      // Nobody is made only to be told that they have left.
      ...(!entered && { _update: true }),
    },
  };
}

function changeEvent(item: DeliveryItem, target: SyncTarget<Options>) {
  const { name, properties } = audienceEvent(item, target);
  return eventEntry({ key: item.key, identifier: item.identifier, event: name, timestamp: item.at, properties });
}

function eventEntry(event: Pick<ForwardedEvent, "key" | "identifier" | "event" | "timestamp" | "properties">) {
  const at = Date.parse(event.timestamp);
  return {
    type: "person",
    action: "event",
    identifiers: identifiers(event),
    id: ulidOf(at, event.key),
    name: event.event,
    timestamp: Math.floor(at / 1000),
    attributes: event.properties,
  };
}

/** Parts that put people into the manual segment, and take them out. */
function segmentParts(
  items: readonly DeliveryItem[],
  { segmentId }: Options,
  settings: Settings,
  context: DeliveryContext,
): Part<DeliveryItem>[] {
  if (segmentId === "") return [];
  return (["exited", "entered"] as const).flatMap((change) =>
    (["userId", "email"] as const).map((kind) => ({
      items: items.filter(
        (item) => item.change === change && (item.identifier.kind === "email") === (kind === "email"),
      ),
      async send(some) {
        const action = change === "entered" ? "add_customers" : "remove_customers";
        const idType = kind === "email" ? "email" : "id";
        await ask(`v1/segments/${segmentId}/${action}?id_type=${idType}`, settings, context, {
          body: { ids: some.map(({ identifier }) => identifier.value) },
          answer: z.unknown(),
        });
        return some.map(() => delivered);
      },
    })),
  );
}

export const customerIoDestination = destination(customerIo, {
  async test(settings, context) {
    const answer = z.object({ data_center: z.string(), environment_id: z.int() });
    const found = await ask("v1/accounts/region", settings, context, { method: "GET", answer });
    return `Connected to the workspace ${found.environment_id} in the region ${found.data_center}.`;
  },
  deliver: ({ items, target }, settings, context) =>
    inTurn(items, [
      ...batches(items, (item) => identify(item, target.options), settings, context),
      ...segmentParts(items, target.options, settings, context),
      ...(target.options.sendEvents ? batches(items, (item) => changeEvent(item, target), settings, context) : []),
    ]),
  forward: (events, settings, context) => inTurn(events, batches(events, eventEntry, settings, context)),
});
