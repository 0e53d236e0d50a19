import * as z from "zod";
import type { hubspot } from "../../../core/destinations/hubspot";
import { askJson } from "../ask-json";
import type { DeliveryFault } from "../delivery-error";
import type { DeliveryContext } from "../destination";
import type { OutgoingRequest } from "../outgoing";

export type Settings = z.output<typeof hubspot.settings>;

/** One call of HubSpot's API. Errors: DeliveryError. */
export function ask<Schema extends z.ZodType>(
  path: string,
  { accessToken }: Settings,
  context: DeliveryContext,
  request: {
    method?: OutgoingRequest["method"];
    body?: unknown;
    answer: Schema;
    faults?: Readonly<Record<number, DeliveryFault>>;
  },
) {
  const headers = { authorization: `Bearer ${accessToken}` };
  return askJson(context, `https://api.hubapi.com/crm/v3/${path}`, { ...request, headers });
}

const contact = z.object({
  id: z.string(),
  properties: z.looseObject({ email: z.string().nullish() }).default({}),
});
const batchAnswer = z.object({
  results: z.array(contact).default([]),
  errors: z.array(z.looseObject({ message: z.string(), context: z.unknown() })).default([]),
});

export interface BatchResult {
  /** Record ids of those who were taken, by email in small letters. */
  readonly ids: ReadonlyMap<string, string>;
  /** Why somebody is not among them. */
  reasonOf(email: string): string;
}

function resultOf({ results, errors }: z.output<typeof batchAnswer>): BatchResult {
  const ids = new Map(results.flatMap(({ id, properties: { email } }) => (email ? [[email.toLowerCase(), id]] : [])));
  return {
    ids,
    reasonOf(email) {
      const own = errors.find((error) =>
        JSON.stringify(error.context ?? "")
          .toLowerCase()
          .includes(`"${email}"`),
      );
      return (own ?? errors[0])?.message ?? "no reason given";
    },
  };
}

/** Record ids of the contacts that there are, of at most 100 emails. */
export async function readContacts(emails: readonly string[], settings: Settings, context: DeliveryContext) {
  const body = { idProperty: "email", properties: ["email"], inputs: emails.map((id) => ({ id })) };
  return resultOf(await ask("objects/contacts/batch/read", settings, context, { body, answer: batchAnswer }));
}

/** Makes or changes at most 100 contacts, each named once. */
export async function upsertContacts(
  contacts: readonly { email: string; properties: Record<string, string> }[],
  settings: Settings,
  context: DeliveryContext,
) {
  const inputs = contacts.map(({ email, properties }) => ({
    idProperty: "email",
    id: email,
    properties: { ...properties, email },
  }));
  return resultOf(
    await ask("objects/contacts/batch/upsert", settings, context, { body: { inputs }, answer: batchAnswer }),
  );
}

/** Changes at most 100 contacts that there are. */
export async function updateContacts(
  contacts: readonly { id: string; properties: Record<string, string> }[],
  settings: Settings,
  context: DeliveryContext,
) {
  await ask("objects/contacts/batch/update", settings, context, { body: { inputs: contacts }, answer: batchAnswer });
}
