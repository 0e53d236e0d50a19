import * as z from "zod";
import { AppError } from "../../../core/errors";
import { DeliveryError } from "../delivery-error";
import type { DeliveryContext } from "../destination";
import { ask, type Settings } from "./contacts";

const list = z.object({ list: z.object({ listId: z.coerce.string(), processingType: z.string() }) });

/** Undefined where HubSpot says that there is none. */
async function found<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof DeliveryError && error.message.startsWith("Answered 404")) return undefined;
    throw error;
  }
}

/** The id of the static list of that name, which is made where there is none. */
export async function listOf(name: string, settings: Settings, context: DeliveryContext): Promise<string> {
  const path = `lists/object-type-id/0-1/name/${encodeURIComponent(name)}`;
  const existing = await found(ask(path, settings, context, { method: "GET", answer: list }));
  if (existing !== undefined) {
    const { listId, processingType } = existing.list;
    if (processingType !== "DYNAMIC") return listId;
    throw new DeliveryError("settings", `The list ${name} fills itself in HubSpot; choose another name.`);
  }
  const body = { name, objectTypeId: "0-1", processingType: "MANUAL" };
  return (await ask("lists", settings, context, { body, answer: list })).list.listId;
}

/** A property's internal name: small letters, digits and underscores, a letter first. */
export function propertyName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  if (plain === "") throw new AppError("invalid", `${name} cannot be the name of a property in HubSpot.`);
  return /^[a-z]/.test(plain) ? plain : `audience_${plain}`;
}

/** Makes the yes-or-no property of contacts where there is none. */
export async function ensureProperty(name: string, label: string, settings: Settings, context: DeliveryContext) {
  const path = "properties/contacts";
  const existing = await found(ask(`${path}/${name}`, settings, context, { method: "GET", answer: z.unknown() }));
  if (existing !== undefined) return;
  const body = {
    name,
    label,
    type: "bool",
    fieldType: "booleancheckbox",
    groupName: "contactinformation",
    options: [
      { label: "Yes", value: "true", displayOrder: 0 },
      { label: "No", value: "false", displayOrder: 1 },
    ],
  };
  await ask(path, settings, context, { body, answer: z.unknown() });
}

const changed = z.unknown();

export async function changeList(
  listId: string,
  recordIds: { add: readonly string[]; remove: readonly string[] },
  settings: Settings,
  context: DeliveryContext,
) {
  const body = { recordIdsToAdd: recordIds.add, recordIdsToRemove: recordIds.remove };
  const path = `lists/${listId}/memberships/add-and-remove`;
  await ask(path, settings, context, { method: "PUT", body, answer: changed });
}

const memberships = z.object({
  results: z.array(z.object({ recordId: z.coerce.string() })),
  paging: z.object({ next: z.object({ after: z.string() }).nullish() }).nullish(),
});
const named = z.object({
  results: z.array(z.object({ properties: z.looseObject({ email: z.string().nullish() }) })).default([]),
});

/** Emails of those in a list, a hundred at a time. */
export async function* emailsOf(listId: string, settings: Settings, context: DeliveryContext) {
  let after = "";
  do {
    const query = new URLSearchParams({ limit: "100", ...(after !== "" && { after }) });
    const path = `lists/${listId}/memberships?${query}`;
    const { results, paging } = await ask(path, settings, context, { method: "GET", answer: memberships });
    if (results.length > 0) {
      const body = { properties: ["email"], inputs: results.map(({ recordId }) => ({ id: recordId })) };
      const read = await ask("objects/contacts/batch/read", settings, context, { body, answer: named });
      yield read.results.flatMap(({ properties: { email } }) => email ?? []);
    }
    after = paging?.next?.after ?? "";
  } while (after !== "");
}
