import * as z from "zod";
import { startTool, type ToolContext, type ToolServer } from "./tool-server";

const inputs = <Schema extends z.ZodType>(input: Schema) => z.object({ inputs: z.array(input).min(1).max(100) });
const upsert = inputs(
  z.object({ idProperty: z.literal("email"), id: z.string(), properties: z.record(z.string(), z.string()) }),
);
const update = inputs(z.object({ id: z.string(), properties: z.record(z.string(), z.string()) }));
const read = z.object({
  /** Without it the ids are record ids. */
  idProperty: z.literal("email").optional(),
  properties: z.array(z.string()),
  inputs: z
    .array(z.object({ id: z.string() }))
    .min(1)
    .max(100),
});
const membership = z.object({
  recordIdsToAdd: z.array(z.string()).default([]),
  recordIdsToRemove: z.array(z.string()).default([]),
});

export interface HubSpotServer extends ToolServer {
  readonly token: string;
  /** Emails of those in the list of that name. */
  listed(name: string): string[];
  /** Emails of those whose property of that name is true. */
  having(property: string): string[];
}

/** HubSpot's CRM as documented: 100 inputs a batch, properties that must exist, manual lists of record ids. */
export async function startHubSpot(): Promise<HubSpotServer> {
  const token = "pat-na1-token";
  const contacts = new Map<string, { id: string; properties: Record<string, string> }>();
  const properties = new Set(["email", "firstname", "lastname"]);
  const lists = new Map<string, { name: string; records: Set<string> }>();
  const failed = (context: ToolContext, status: 400 | 404 | 409, category: string, message: string) =>
    context.json({ status: "error", message, category }, status);
  const server = await startTool(
    {
      isAuthorized: (context) => context.req.header("authorization") === `Bearer ${token}`,
      unauthorized: (context) =>
        context.json(
          { status: "error", message: "Authentication credentials not found", category: "INVALID_AUTHENTICATION" },
          401,
        ),
      tooMany: (context) => {
        context.header("X-HubSpot-RateLimit-Max", "100");
        context.header("X-HubSpot-RateLimit-Remaining", "0");
        context.header("X-HubSpot-RateLimit-Interval-Milliseconds", "10000");
        context.header("Retry-After", "0");
        return context.json(
          { status: "error", message: "You have reached your ten_secondly_rolling limit.", errorType: "RATE_LIMIT" },
          429,
        );
      },
      bodyLimit: 3_000_000,
      tooLarge: (context) => context.json({ status: "error", message: "Body too large" }, 413),
    },
    (app, faults) => {
      app.get("/crm/v3/properties/contacts/:name", (context) => {
        const name = context.req.param("name");
        if (!properties.has(name)) return failed(context, 404, "OBJECT_NOT_FOUND", `No property named ${name}`);
        return context.json({ name });
      });
      app.post("/crm/v3/properties/contacts", async (context) => {
        const parsed = z
          .object({
            name: z.string().regex(/^[a-z][a-z0-9_]*$/),
            label: z.string(),
            type: z.enum(["bool", "string", "number"]),
            fieldType: z.enum(["booleancheckbox", "text", "number"]),
            groupName: z.literal("contactinformation"),
          })
          .loose()
          .safeParse(await context.req.json());
        if (!parsed.success) return failed(context, 400, "VALIDATION_ERROR", z.prettifyError(parsed.error));
        if (properties.has(parsed.data.name)) return failed(context, 409, "OBJECT_ALREADY_EXISTS", "It exists");
        properties.add(parsed.data.name);
        return context.json(parsed.data, 201);
      });
      app.post("/crm/v3/objects/contacts/batch/upsert", async (context) => {
        const parsed = upsert.safeParse(await context.req.json());
        if (!parsed.success) return failed(context, 400, "VALIDATION_ERROR", z.prettifyError(parsed.error));
        const unknown = parsed.data.inputs
          .flatMap((one) => Object.keys(one.properties))
          .find((key) => !properties.has(key));
        if (unknown !== undefined) {
          return failed(context, 400, "VALIDATION_ERROR", `Property "${unknown}" does not exist`);
        }
        if (new Set(parsed.data.inputs.map(({ id }) => id)).size < parsed.data.inputs.length) {
          return failed(context, 400, "VALIDATION_ERROR", "Duplicate IDs found in batch input");
        }
        const results: unknown[] = [];
        const errors: unknown[] = [];
        for (const one of parsed.data.inputs) {
          if (faults.isRefused(one.id)) {
            errors.push({
              status: "error",
              category: "VALIDATION_ERROR",
              message: `Email address ${one.id} is invalid`,
              context: { id: [one.id] },
            });
            continue;
          }
          const before = contacts.get(one.id);
          const contact = {
            id: before?.id ?? String(50_000 + contacts.size),
            properties: { ...before?.properties, ...one.properties, email: one.id },
          };
          contacts.set(one.id, contact);
          results.push({ ...contact, new: before === undefined });
        }
        if (errors.length === 0) return context.json({ status: "COMPLETE", results });
        return context.json({ status: "COMPLETE", results, numErrors: errors.length, errors }, 207);
      });
      app.post("/crm/v3/objects/contacts/batch/read", async (context) => {
        const parsed = read.safeParse(await context.req.json());
        if (!parsed.success) return failed(context, 400, "VALIDATION_ERROR", z.prettifyError(parsed.error));
        const byRecord = new Map([...contacts.values()].map((contact) => [contact.id, contact]));
        const from = parsed.data.idProperty === "email" ? contacts : byRecord;
        const results = parsed.data.inputs.flatMap(({ id }) => from.get(id) ?? []);
        return context.json({ status: "COMPLETE", results }, results.length < parsed.data.inputs.length ? 207 : 200);
      });
      app.post("/crm/v3/objects/contacts/batch/update", async (context) => {
        const parsed = update.safeParse(await context.req.json());
        if (!parsed.success) return failed(context, 400, "VALIDATION_ERROR", z.prettifyError(parsed.error));
        const results = [];
        for (const one of parsed.data.inputs) {
          const contact = [...contacts.values()].find(({ id }) => id === one.id);
          if (contact === undefined) return failed(context, 404, "OBJECT_NOT_FOUND", `No contact ${one.id}`);
          Object.assign(contact.properties, one.properties);
          results.push(contact);
        }
        return context.json({ status: "COMPLETE", results });
      });
      app.get("/crm/v3/objects/contacts", (context) => context.json({ results: [...contacts.values()].slice(0, 1) }));
      app.get("/crm/v3/lists/object-type-id/0-1/name/:name", (context) => {
        const found = [...lists].find(([, { name }]) => name === context.req.param("name"));
        if (found === undefined) return failed(context, 404, "OBJECT_NOT_FOUND", "No list has that name");
        return context.json({ list: { listId: found[0], name: found[1].name, processingType: "MANUAL" } });
      });
      app.post("/crm/v3/lists", async (context) => {
        const parsed = z
          .object({ name: z.string().min(1), objectTypeId: z.literal("0-1"), processingType: z.literal("MANUAL") })
          .safeParse(await context.req.json());
        if (!parsed.success) return failed(context, 400, "VALIDATION_ERROR", z.prettifyError(parsed.error));
        const listId = String(900 + lists.size);
        lists.set(listId, { name: parsed.data.name, records: new Set() });
        return context.json({ list: { listId, name: parsed.data.name, processingType: "MANUAL" } });
      });
      app.put("/crm/v3/lists/:id/memberships/add-and-remove", async (context) => {
        const list = lists.get(context.req.param("id"));
        if (list === undefined) return failed(context, 404, "OBJECT_NOT_FOUND", "No such list");
        const parsed = membership.safeParse(await context.req.json());
        if (!parsed.success) return failed(context, 400, "VALIDATION_ERROR", z.prettifyError(parsed.error));
        const known = new Set([...contacts.values()].map(({ id }) => id));
        const missing = parsed.data.recordIdsToAdd.filter((id) => !known.has(id));
        for (const id of parsed.data.recordIdsToAdd) if (known.has(id)) list.records.add(id);
        for (const id of parsed.data.recordIdsToRemove) list.records.delete(id);
        return context.json({ recordIdsMissing: missing });
      });
      app.get("/crm/v3/lists/:id/memberships", (context) => {
        const list = lists.get(context.req.param("id"));
        if (list === undefined) return failed(context, 404, "OBJECT_NOT_FOUND", "No such list");
        const start = Number(context.req.query("after") ?? 0);
        const end = start + Math.min(250, Number(context.req.query("limit") ?? 100));
        const results = [...list.records].slice(start, end).map((recordId) => ({ recordId }));
        const paging = end < list.records.size ? { next: { after: String(end) } } : undefined;
        return context.json({ results, paging });
      });
    },
  );
  return {
    ...server,
    token,
    listed: (name) => {
      const records = [...lists.values()].find((list) => list.name === name)?.records ?? new Set();
      return [...contacts].filter(([, { id }]) => records.has(id)).map(([email]) => email);
    },
    having: (property) =>
      [...contacts].filter(([, { properties }]) => properties[property] === "true").map(([email]) => email),
  };
}
