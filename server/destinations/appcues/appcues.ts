import * as z from "zod";
import { appcues } from "../../../core/destinations/appcues";
import { askJson } from "../ask-json";
import { audienceEvent } from "../audience-event";
import { type DeliveryContext, destination, type ForwardedEvent } from "../destination";
import { delivered, oneByOne } from "../in-turn";
import type { OutgoingRequest } from "../outgoing";

type Settings = z.output<typeof appcues.settings>;

const hosts = { us: "https://api.appcues.com", eu: "https://api.eu.appcues.com" };

function ask(
  path: string,
  { region, accountId, apiKey, apiSecret }: Settings,
  context: DeliveryContext,
  request: { method: OutgoingRequest["method"]; body?: unknown },
) {
  const authorization = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString("base64")}`;
  return askJson(context, `${hosts[region]}/v2/accounts/${accountId}/${path}`, {
    ...request,
    headers: { authorization },
    answer: z.unknown(),
  });
}

/** Profiles and events hold plain values; lists and objects go as JSON text. */
function flat(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "object" && value !== null ? JSON.stringify(value) : value,
    ]),
  );
}

const user = (id: string) => `users/${encodeURIComponent(id)}`;

async function sendEvent(
  {
    identifier,
    event,
    timestamp,
    properties,
  }: Pick<ForwardedEvent, "identifier" | "event" | "timestamp" | "properties">,
  settings: Settings,
  context: DeliveryContext,
) {
  const body = { name: event, timestamp: new Date(timestamp).toISOString(), attributes: flat(properties) };
  await ask(`${user(identifier.value)}/events`, settings, context, { method: "POST", body });
}

export const appcuesDestination = destination(appcues, {
  async test(settings, context) {
    await ask("segments", settings, context, { method: "GET" });
    return `Connected to the account ${settings.accountId}.`;
  },
  deliver: ({ items, target }, settings, context) =>
    oneByOne(items, async (item) => {
      const entered = item.change === "entered";
      const body = { ...(entered && flat(item.fields)), [target.options.attribute]: entered };
      await ask(`${user(item.identifier.value)}/profile`, settings, context, { method: "PATCH", body });
      if (target.options.sendEvents) {
        const { name, properties } = audienceEvent(item, target);
        const { identifier, at } = item;
        await sendEvent({ identifier, event: name, timestamp: at, properties }, settings, context);
      }
      return delivered;
    }),
  forward: (events, settings, context) =>
    oneByOne(events, async (event) => {
      await sendEvent(event, settings, context);
      return delivered;
    }),
});
