import * as z from "zod";
import { iterable } from "../../../core/destinations/iterable";
import { assertTaken } from "../answer-faults";
import { askJson } from "../ask-json";
import { audienceEvent } from "../audience-event";
import {
  type DeliveryContext,
  type DeliveryItem,
  destination,
  type ForwardedEvent,
  type Outcome,
  type SyncTarget,
} from "../destination";
import { inTurn } from "../in-turn";
import { pieces } from "../pieces";
import { bulkAnswer, outcomesOf, who } from "./bulk-answer";

type Settings = z.output<typeof iterable.settings>;
type Options = z.output<typeof iterable.options>;

const hosts = { us: "https://api.iterable.com", eu: "https://api.eu.iterable.com" };
const limits = { count: 1000, bytes: 3_500_000 };
const lists = z.object({ lists: z.array(z.object({ id: z.int(), name: z.string() })) });

function ask<Schema extends z.ZodType>(
  path: string,
  { region, apiKey }: Settings,
  context: DeliveryContext,
  request: { method?: "GET" | "POST"; body?: unknown; answer: Schema },
) {
  return askJson(context, `${hosts[region]}/api/${path}`, {
    ...request,
    headers: { "api-key": apiKey },
    timeoutMs: 30_000,
  });
}

async function changeList(
  action: "subscribe" | "unsubscribe",
  items: readonly DeliveryItem[],
  { options, prepared }: SyncTarget<Options>,
  settings: Settings,
  context: DeliveryContext,
): Promise<Outcome[]> {
  const entering = action === "subscribe";
  const answer = await ask(`lists/${action}`, settings, context, {
    body: {
      listId: Number(prepared.listId),
      subscribers: items.map((item) => ({ ...who(item), ...(entering && { dataFields: item.fields }) })),
      ...(entering && { updateExistingUsersOnly: !options.createPeople }),
    },
    answer: bulkAnswer,
  });
  return outcomesOf(items, answer, { absentIsDone: !entering || !options.createPeople });
}

type TrackedEvent = Pick<ForwardedEvent, "key" | "identifier" | "event" | "timestamp" | "properties">;

async function track(events: readonly TrackedEvent[], settings: Settings, context: DeliveryContext) {
  const answer = await ask("events/trackBulk", settings, context, {
    body: {
      events: events.map((event) => ({
        ...who(event),
        // Iterable keeps one event of an id, so that a repetition changes nothing.
        id: event.key,
        eventName: event.event,
        createdAt: Math.floor(Date.parse(event.timestamp) / 1000),
        dataFields: event.properties,
      })),
    },
    answer: bulkAnswer,
  });
  return outcomesOf(events, answer);
}

function trackedChange(item: DeliveryItem, target: SyncTarget<Options>): TrackedEvent {
  const { name, properties } = audienceEvent(item, target);
  return { key: item.key, identifier: item.identifier, event: name, timestamp: item.at, properties };
}

export const iterableDestination = destination(iterable, {
  async test(settings, context) {
    const found = await ask("lists", settings, context, { method: "GET", answer: lists });
    return `Connected to a project with ${found.lists.length} lists.`;
  },
  async prepare({ options }, settings, context) {
    const found = await ask("lists", settings, context, { method: "GET", answer: lists });
    const existing = found.lists.find(({ name }) => name === options.list);
    if (existing !== undefined) return { listId: String(existing.id) };
    const answer = z.object({ listId: z.int() });
    const made = await ask("lists", settings, context, { body: { name: options.list }, answer });
    return { listId: String(made.listId) };
  },
  deliver({ items, target }, settings, context) {
    const { sendEvents } = target.options;
    return inTurn(
      items,
      pieces(items, ({ fields }) => fields, limits).flatMap((piece) => [
        ...(["unsubscribe", "subscribe"] as const).map((action) => ({
          items: piece.filter(({ change }) => (change === "entered") === (action === "subscribe")),
          send: (some: readonly DeliveryItem[]) => changeList(action, some, target, settings, context),
          halve: true,
        })),
        {
          items: sendEvents ? piece : [],
          send: (some: readonly DeliveryItem[]) =>
            track(
              some.map((item) => trackedChange(item, target)),
              settings,
              context,
            ),
        },
      ]),
    );
  },
  async *list({ prepared }, identifier, settings, context) {
    const url = new URL("/api/lists/getUsers", hosts[settings.region]);
    url.searchParams.set("listId", prepared.listId ?? "");
    url.searchParams.set("preferUserId", String(identifier === "userId"));
    const response = await context.fetch(url, {
      headers: { "api-key": settings.apiKey },
      timeoutMs: 120_000,
      signal: context.signal,
    });
    await assertTaken(response, { now: context.now().getTime() });
    yield (await response.text()).split("\n").filter((line) => line !== "");
  },
  forward: (events, settings, context) =>
    inTurn(
      events,
      pieces(events, ({ properties }) => properties, limits).map((piece) => ({
        items: piece,
        send: (some) => track(some, settings, context),
        halve: true,
      })),
    ),
});
