import * as z from "zod";
import { intercom } from "../../../core/destinations/intercom";
import { askJson } from "../ask-json";
import { audienceEvent } from "../audience-event";
import type { DeliveryFault } from "../delivery-error";
import {
  type DeliveryContext,
  type DeliveryItem,
  destination,
  type ForwardedEvent,
  type SyncTarget,
} from "../destination";
import { delivered, oneByOne } from "../in-turn";
import type { OutgoingRequest } from "../outgoing";

type Settings = z.output<typeof intercom.settings>;
type Options = z.output<typeof intercom.options>;

const hosts = { us: "https://api.intercom.io", eu: "https://api.eu.intercom.io", au: "https://api.au.intercom.io" };
/** The fields that every contact has; whatever else is mapped is a custom attribute. */
const standard = new Set(["email", "name", "phone", "avatar", "signed_up_at", "owner_id"]);
const metadataLimit = 10;

const contact = z.object({ id: z.string(), external_id: z.string().nullish(), email: z.string().nullish() });
const contacts = z.object({
  data: z.array(contact),
  pages: z.object({ next: z.object({ starting_after: z.string() }).nullish() }).nullish(),
});

function ask<Schema extends z.ZodType>(
  path: string,
  { region, accessToken }: Settings,
  context: DeliveryContext,
  request: {
    method?: OutgoingRequest["method"];
    body?: unknown;
    answer: Schema;
    faults?: Readonly<Record<number, DeliveryFault>>;
  },
) {
  const headers = { authorization: `Bearer ${accessToken}`, "intercom-version": "2.11" };
  return askJson(context, `${hosts[region]}/${path}`, { ...request, headers });
}

type Named = Pick<DeliveryItem, "identifier">;

const fieldOf = ({ identifier }: Named) => (identifier.kind === "email" ? "email" : "external_id");

async function find(item: Named, settings: Settings, context: DeliveryContext): Promise<string | undefined> {
  const query = { field: fieldOf(item), operator: "=", value: item.identifier.value };
  return (await ask("contacts/search", settings, context, { body: { query }, answer: contacts })).data[0]?.id;
}

/** What a contact is given: its own fields, and custom attributes for the others. */
function shown({ change, fields }: DeliveryItem, attribute: string) {
  const sent = Object.entries(change === "entered" ? fields : {}).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(sent.filter(([name]) => standard.has(name))),
    custom_attributes: {
      ...Object.fromEntries(sent.filter(([name]) => !standard.has(name))),
      [attribute]: change === "entered",
    },
  };
}

async function sendEvent(
  contactId: string,
  { event, timestamp, properties }: Pick<ForwardedEvent, "event" | "timestamp" | "properties">,
  settings: Settings,
  context: DeliveryContext,
) {
  const body = {
    id: contactId,
    event_name: event,
    created_at: Math.floor(Date.parse(timestamp) / 1000),
    metadata: Object.fromEntries(Object.entries(properties).slice(0, metadataLimit)),
  };
  await ask("events", settings, context, { body, answer: z.unknown() });
}

async function deliverOne(
  item: DeliveryItem,
  target: SyncTarget<Options>,
  settings: Settings,
  context: DeliveryContext,
) {
  const { attribute, createPeople, sendEvents } = target.options;
  const known = await find(item, settings, context);
  // Nobody is made only to be told that they have left.
  if (known === undefined && (item.change === "exited" || !createPeople)) return delivered;
  const body = { ...shown(item, attribute), [fieldOf(item)]: item.identifier.value };
  const { id } =
    known === undefined
      ? // A contact of just now is not found yet, and is one that exists already.
        await ask("contacts", settings, context, {
          body: { role: "user", ...body },
          answer: contact,
          faults: { 409: "unavailable" },
        })
      : await ask(`contacts/${known}`, settings, context, { method: "PUT", body, answer: contact });
  if (sendEvents) {
    const { name, properties } = audienceEvent(item, target);
    await sendEvent(id, { event: name, timestamp: item.at, properties }, settings, context);
  }
  return delivered;
}

export const intercomDestination = destination(intercom, {
  async test(settings, context) {
    const answer = z.object({ app: z.object({ id_code: z.string(), name: z.string().optional() }).nullish() });
    const { app } = await ask("me", settings, context, { method: "GET", answer });
    return `Connected to the workspace ${app?.name ?? app?.id_code ?? "of this token"}.`;
  },
  async prepare({ options: { attribute } }, settings, context) {
    const answer = z.object({ data: z.array(z.object({ name: z.string() })) });
    const path = "data_attributes?model=contact";
    const { data } = await ask(path, settings, context, { method: "GET", answer });
    if (!data.some(({ name }) => name === attribute)) {
      const body = { name: attribute, model: "contact", data_type: "boolean" };
      await ask("data_attributes", settings, context, { body, answer: z.unknown() });
    }
    return {};
  },
  deliver: ({ items, target }, settings, context) =>
    oneByOne(items, (item) => deliverOne(item, target, settings, context)),
  async *list({ options: { attribute } }, identifier, settings, context) {
    let after: string | undefined;
    do {
      const body = {
        query: { field: `custom_attributes.${attribute}`, operator: "=", value: true },
        pagination: { per_page: 150, ...(after !== undefined && { starting_after: after }) },
      };
      const { data, pages } = await ask("contacts/search", settings, context, { body, answer: contacts });
      yield data.flatMap((one) => (identifier === "email" ? one.email : one.external_id) ?? []);
      after = pages?.next?.starting_after;
    } while (after !== undefined);
  },
  forward: (events, settings, context) =>
    oneByOne(events, async (event) => {
      const known = await find(event, settings, context);
      if (known === undefined) return { result: "gave_up", reason: "Intercom does not know this person." };
      await sendEvent(known, event, settings, context);
      return delivered;
    }),
});
