import * as z from "zod";
import { startTool, type ToolServer } from "./tool-server";

const identifiers = z.union([
  z.strictObject({ id: z.string().min(1) }),
  z.strictObject({ email: z.string().min(1) }),
  z.strictObject({ cio_id: z.string().min(1) }),
]);
const entry = z.discriminatedUnion("action", [
  z.object({
    type: z.literal("person"),
    action: z.literal("identify"),
    identifiers,
    attributes: z.record(z.string().max(150), z.unknown()).optional(),
  }),
  z.object({
    type: z.literal("person"),
    action: z.literal("event"),
    identifiers,
    id: z.ulid().optional(),
    name: z.string().min(1),
    timestamp: z.int().optional(),
    attributes: z.record(z.string(), z.unknown()).optional(),
  }),
]);
const request = z.object({ batch: z.array(z.unknown()).min(1) });

export interface CustomerIoServer extends ToolServer {
  readonly siteId: string;
  readonly apiKey: string;
  /** The manual segment that was made in the tool beforehand. */
  readonly segment: number;
  inSegment(id: number): string[];
  /** Those whose attribute of that name is true. */
  having(attribute: string): string[];
  attributesOf(person: string): Record<string, unknown>;
  /** By id, so that one that comes twice is there once. */
  readonly events: Map<string, { person: string; name: string }>;
}

/** Customer.io's Track API: batches of 500 KB with 32 KB an entry and faults by index, manual segments of 1,000 ids a call. */
export async function startCustomerIo(): Promise<CustomerIoServer> {
  const siteId = "site";
  const apiKey = "customer-io-key";
  const segment = 7;
  const people = new Map<string, Record<string, unknown>>();
  const segments = new Map<number, Set<string>>([[segment, new Set()]]);
  const events: CustomerIoServer["events"] = new Map();
  const expected = `Basic ${Buffer.from(`${siteId}:${apiKey}`).toString("base64")}`;
  const server = await startTool(
    {
      isAuthorized: (context) => context.req.header("authorization") === expected,
      unauthorized: (context) => context.json({ meta: { error: "Unauthorized request" } }, 401),
      tooMany: (context) => context.json({ meta: { error: "Too many requests" } }, 429),
      bodyLimit: 500 * 1024,
      tooLarge: (context) => context.json({ meta: { error: "Request is larger than 500 KB" } }, 400),
    },
    (app, faults) => {
      app.get("/api/v1/accounts/region", (context) =>
        context.json({ url: "track.customer.io", data_center: "us", environment_id: 1 }),
      );
      app.post("/api/v2/batch", async (context) => {
        const parsed = request.safeParse(await context.req.json());
        if (!parsed.success)
          return context.json({ errors: [{ reason: "invalid", message: "batch is required" }] }, 400);
        const errors: { batch_index: number; reason: string; field: string; message: string }[] = [];
        parsed.data.batch.forEach((sent, index) => {
          const one = entry.safeParse(sent);
          if (!one.success || JSON.stringify(sent).length > 32 * 1024) {
            errors.push({ batch_index: index, reason: "invalid", field: "entry", message: "is not valid" });
            return;
          }
          const person = Object.values(one.data.identifiers)[0] ?? "";
          if (faults.isRefused(person)) {
            errors.push({ batch_index: index, reason: "suppressed", field: "identifiers", message: "is suppressed" });
            return;
          }
          if (one.data.action === "identify") {
            const { _update: onlyUpdate, ...attributes } = one.data.attributes ?? {};
            if (onlyUpdate !== true || people.has(person)) people.set(person, { ...people.get(person), ...attributes });
          } else events.set(one.data.id ?? `without id ${events.size}`, { person, name: one.data.name });
        });
        return errors.length === 0 ? context.json({}) : context.json({ errors }, 207);
      });
      for (const action of ["add_customers", "remove_customers"]) {
        app.post(`/api/v1/segments/:id/${action}`, async (context) => {
          const members = segments.get(Number(context.req.param("id")));
          if (members === undefined) return context.json({ meta: { error: "segment not found" } }, 404);
          if (!["id", "email", "cio_id"].includes(context.req.query("id_type") ?? "id")) {
            return context.json({ meta: { error: "id_type is not valid" } }, 400);
          }
          const parsed = z.object({ ids: z.array(z.string()).min(1).max(1000) }).safeParse(await context.req.json());
          if (!parsed.success) return context.json({ meta: { error: "ids must hold 1 to 1000 ids" } }, 400);
          for (const id of parsed.data.ids) {
            if (action === "remove_customers") members.delete(id);
            else if (people.has(id)) members.add(id);
          }
          return context.json({});
        });
      }
    },
  );
  return {
    ...server,
    siteId,
    apiKey,
    segment,
    inSegment: (id) => [...(segments.get(id) ?? [])],
    having: (attribute) => [...people].filter(([, values]) => values[attribute] === true).map(([person]) => person),
    attributesOf: (person) => people.get(person) ?? {},
    events,
  };
}
