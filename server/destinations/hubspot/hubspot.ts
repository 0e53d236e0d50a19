import * as z from "zod";
import { hubspot } from "../../../core/destinations/hubspot";
import { type DeliveryContext, type DeliveryItem, destination, type Outcome, type SyncTarget } from "../destination";
import { delivered, inTurn } from "../in-turn";
import { ask, readContacts, type Settings, updateContacts, upsertContacts } from "./contacts";
import { changeList, emailsOf, ensureProperty, listOf, propertyName } from "./lists";

type Options = z.output<typeof hubspot.options>;

const emailOf = ({ identifier }: DeliveryItem) => identifier.value.toLowerCase();

/** Values of properties are text in HubSpot; times are ISO 8601 already. */
function asText(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === "string" ? value : value === null || value === undefined ? "" : JSON.stringify(value),
    ]),
  );
}

async function enter(
  items: readonly DeliveryItem[],
  { options, prepared }: SyncTarget<Options>,
  settings: Settings,
  context: DeliveryContext,
): Promise<Outcome[]> {
  const property = propertyName(options.property);
  const known = options.createPeople ? undefined : await readContacts(items.map(emailOf), settings, context);
  const wanted = items.filter((item) => known === undefined || known.ids.has(emailOf(item)));
  if (wanted.length === 0) return items.map(() => delivered);
  const { ids, reasonOf } = await upsertContacts(
    wanted.map((item) => ({ email: emailOf(item), properties: { ...asText(item.fields), [property]: "true" } })),
    settings,
    context,
  );
  if (prepared.listId !== undefined && ids.size > 0) {
    await changeList(prepared.listId, { add: [...ids.values()], remove: [] }, settings, context);
  }
  return items.map((item) => {
    const email = emailOf(item);
    if (!wanted.includes(item) || ids.has(email)) return delivered;
    return { result: "gave_up", reason: `HubSpot refused this one: ${reasonOf(email)}` };
  });
}

/** Somebody whom HubSpot does not have has left already. */
async function leave(
  items: readonly DeliveryItem[],
  { options, prepared }: SyncTarget<Options>,
  settings: Settings,
  context: DeliveryContext,
): Promise<Outcome[]> {
  const { ids } = await readContacts(items.map(emailOf), settings, context);
  if (ids.size > 0) {
    const properties = { [propertyName(options.property)]: "false" };
    const contacts = [...ids.values()].map((id) => ({ id, properties }));
    await updateContacts(contacts, settings, context);
    if (prepared.listId !== undefined) {
      await changeList(prepared.listId, { add: [], remove: [...ids.values()] }, settings, context);
    }
  }
  return items.map(() => delivered);
}

export const hubspotDestination = destination(hubspot, {
  async test(settings, context) {
    const answer = z.object({ results: z.array(z.unknown()) });
    await ask("objects/contacts?limit=1", settings, context, { method: "GET", answer });
    return "Connected; contacts can be read.";
  },
  async prepare({ options, audience }, settings, context) {
    await ensureProperty(propertyName(options.property), `In ${audience.name}`, settings, context);
    const prepared: Record<string, string> = {};
    if (options.list !== "") prepared.listId = await listOf(options.list, settings, context);
    return prepared;
  },
  deliver: ({ items, target }, settings, context) =>
    inTurn(items, [
      {
        items: items.filter(({ change }) => change === "exited"),
        send: (some) => leave(some, target, settings, context),
        halve: true,
      },
      {
        items: items.filter(({ change }) => change === "entered"),
        send: (some) => enter(some, target, settings, context),
        halve: true,
      },
    ]),
  async *list({ prepared }, _identifier, settings, context) {
    if (prepared.listId !== undefined) yield* emailsOf(prepared.listId, settings, context);
  },
});
