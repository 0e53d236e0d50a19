import * as z from "zod";
import { pendo } from "../../../core/destinations/pendo";
import { askJson } from "../ask-json";
import { DeliveryError } from "../delivery-error";
import { type DeliveryContext, type DeliveryItem, destination, type Outcome } from "../destination";
import { delivered, inTurn } from "../in-turn";
import type { OutgoingRequest } from "../outgoing";

type Settings = z.output<typeof pendo.settings>;

const hosts = {
  us: "https://app.pendo.io",
  us1: "https://us1.app.pendo.io",
  eu: "https://app.eu.pendo.io",
  jp: "https://app.jpn.pendo.io",
  au: "https://app.au.pendo.io",
};
/** A segment cannot be made without a visitor; nobody has this id. */
export const placeholder = "foothold-placeholder";

function ask<Schema extends z.ZodType>(
  path: string,
  { region, integrationKey }: Settings,
  context: DeliveryContext,
  request: { method?: OutgoingRequest["method"]; body?: unknown; answer: Schema },
) {
  return askJson(context, `${hosts[region]}/api/v1/${path}`, {
    ...request,
    headers: { "x-pendo-integration-key": integrationKey },
    // Another write to the segment is under way.
    faults: { 409: "unavailable" },
    timeoutMs: 30_000,
  });
}

const patched = z.object({
  multistatus: z
    .array(z.object({ operation: z.string(), status: z.int(), message: z.string().default("no reason given") }))
    .default([]),
});

async function patch(
  op: "add" | "remove",
  items: readonly DeliveryItem[],
  segmentId: string,
  settings: Settings,
  context: DeliveryContext,
): Promise<Outcome[]> {
  const body = { patch: [{ op, path: "/visitors", value: items.map(({ identifier }) => identifier.value) }] };
  const path = `segment/${segmentId}/visitor`;
  const { multistatus } = await ask(path, settings, context, { method: "PATCH", body, answer: patched });
  const failed = multistatus.find(({ status }) => status >= 300);
  if (failed === undefined) return items.map(() => delivered);
  const fault = failed.status === 409 || failed.status >= 500 ? "unavailable" : "invalid";
  throw new DeliveryError(failed.status === 429 ? "rate_limited" : fault, `Pendo refused this: ${failed.message}`);
}

export const pendoDestination = destination(pendo, {
  async test(settings, context) {
    const answer = z.object({ readonly: z.boolean().optional() });
    const found = await ask("token/verify", settings, context, { method: "GET", answer });
    if (found.readonly === true) throw new DeliveryError("credential", "This integration key may only read.");
    return "Connected with a key that may write.";
  },
  async prepare({ options: { segment } }, settings, context) {
    const segments = z.array(z.object({ id: z.string(), name: z.string() }));
    const found = await ask("segment?createdByApi=true", settings, context, { method: "GET", answer: segments });
    const existing = found.find(({ name }) => name === segment);
    if (existing !== undefined) return { segmentId: existing.id };
    const body = { name: segment, visitors: [placeholder] };
    const answer = z.object({ segmentId: z.string() });
    return { segmentId: (await ask("segment/upload", settings, context, { body, answer })).segmentId };
  },
  deliver: ({ items, target: { prepared } }, settings, context) =>
    inTurn(
      items,
      (["remove", "add"] as const).map((op) => ({
        items: items.filter(({ change }) => (change === "entered") === (op === "add")),
        send: (some) => patch(op, some, prepared.segmentId ?? "", settings, context),
        halve: true,
      })),
    ),
});
