import * as z from "zod";
import { startTool, type ToolContext, type ToolServer } from "./tool-server";

const attributes = z.record(z.string(), z.unknown()).optional();
const search = z.object({
  query: z.union([
    z.object({ field: z.enum(["external_id", "email"]), operator: z.literal("="), value: z.string() }),
    z.object({
      field: z.templateLiteral(["custom_attributes.", z.string()]),
      operator: z.literal("="),
      value: z.boolean(),
    }),
  ]),
  pagination: z.object({ per_page: z.int().max(150), starting_after: z.string().optional() }).default({ per_page: 50 }),
});
const contactBody = z.object({
  role: z.literal("user").optional(),
  external_id: z.string().optional(),
  email: z.string().optional(),
  name: z.string().optional(),
  custom_attributes: attributes,
});
const event = z.object({
  event_name: z.string().min(1),
  created_at: z.int(),
  id: z.string(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});

interface Contact {
  id: string;
  external_id?: string | undefined;
  email?: string | undefined;
  name?: string | undefined;
  custom_attributes: Record<string, unknown>;
}

export interface IntercomServer extends ToolServer {
  readonly token: string;
  /** Those whose attribute of that name is true, by their external id, else by email. */
  having(attribute: string): string[];
  readonly events: { person: string; name: string }[];
}

/** Intercom's contacts as documented: one a request, custom attributes that must exist, its limit told in epoch seconds. */
export async function startIntercom(): Promise<IntercomServer> {
  const token = "intercom-token";
  const contacts = new Map<string, Contact>();
  const known = new Set<string>();
  const events: IntercomServer["events"] = [];
  const failed = (context: ToolContext, status: 400 | 401 | 404 | 409 | 413 | 429, code: string, message: string) =>
    context.json({ type: "error.list", request_id: "r", errors: [{ code, message }] }, status);
  const nameOf = (contact: Contact) => contact.external_id ?? contact.email ?? contact.id;
  const server = await startTool(
    {
      isAuthorized: (context) => context.req.header("authorization") === `Bearer ${token}`,
      unauthorized: (context) => failed(context, 401, "unauthorized", "Access Token Invalid"),
      tooMany: (context) => {
        context.header("X-RateLimit-Limit", "166");
        context.header("X-RateLimit-Remaining", "0");
        context.header("X-RateLimit-Reset", String(Math.ceil(Date.now() / 1000)));
        return failed(context, 429, "rate_limit_exceeded", "The rate limit for the App has been exceeded");
      },
      bodyLimit: 1_000_000,
      tooLarge: (context) => failed(context, 413, "parameter_invalid", "The request is too large"),
    },
    (app, faults) => {
      const unknownAttribute = (values: Record<string, unknown> = {}) =>
        Object.keys(values).find((key) => !known.has(key));
      app.get("/me", (context) => context.json({ type: "admin", app: { id_code: "abc" } }));
      app.get("/data_attributes", (context) =>
        context.json({ type: "list", data: [...known].map((name) => ({ name, model: "contact", custom: true })) }),
      );
      app.post("/data_attributes", async (context) => {
        const parsed = z
          .object({ name: z.string().min(1), model: z.literal("contact"), data_type: z.enum(["boolean", "string"]) })
          .loose()
          .safeParse(await context.req.json());
        if (!parsed.success) return failed(context, 400, "parameter_invalid", z.prettifyError(parsed.error));
        if (known.has(parsed.data.name)) {
          return failed(context, 400, "parameter_invalid", "You already have an attribute of that name");
        }
        known.add(parsed.data.name);
        return context.json({ type: "data_attribute", ...parsed.data });
      });
      app.post("/contacts/search", async (context) => {
        const parsed = search.safeParse(await context.req.json());
        if (!parsed.success) return failed(context, 400, "parameter_invalid", z.prettifyError(parsed.error));
        const { query, pagination } = parsed.data;
        const found = [...contacts.values()].filter((contact) =>
          query.field === "external_id" || query.field === "email"
            ? contact[query.field] === query.value
            : contact.custom_attributes[query.field.replace("custom_attributes.", "")] === query.value,
        );
        const start = Number(pagination.starting_after ?? 0);
        const end = start + pagination.per_page;
        const next = end < found.length ? { starting_after: String(end) } : null;
        return context.json({
          type: "list",
          data: found.slice(start, end),
          total_count: found.length,
          pages: { next },
        });
      });
      const write = (context: ToolContext, before: Contact | undefined, sent: z.output<typeof contactBody>) => {
        const unknown = unknownAttribute(sent.custom_attributes);
        if (unknown !== undefined) {
          return failed(context, 400, "parameter_invalid", `Custom attribute '${unknown}' does not exist`);
        }
        const { role: _, ...values } = sent;
        const contact: Contact = {
          id: before?.id ?? `contact-${contacts.size}`,
          ...before,
          ...values,
          custom_attributes: { ...before?.custom_attributes, ...sent.custom_attributes },
        };
        if (faults.isRefused(nameOf(contact))) {
          return failed(context, 400, "parameter_invalid", "Contact is blocked");
        }
        contacts.set(contact.id, contact);
        return context.json({ type: "contact", ...contact });
      };
      app.post("/contacts", async (context) => {
        const parsed = contactBody.safeParse(await context.req.json());
        if (!parsed.success) return failed(context, 400, "parameter_invalid", z.prettifyError(parsed.error));
        const { external_id: externalId } = parsed.data;
        const same = [...contacts.values()].some((one) => externalId !== undefined && one.external_id === externalId);
        if (same) return failed(context, 409, "conflict", "A contact matching those details already exists");
        return write(context, undefined, parsed.data);
      });
      app.put("/contacts/:id", async (context) => {
        const before = contacts.get(context.req.param("id"));
        if (before === undefined) return failed(context, 404, "not_found", "User Not Found");
        const parsed = contactBody.safeParse(await context.req.json());
        if (!parsed.success) return failed(context, 400, "parameter_invalid", z.prettifyError(parsed.error));
        return write(context, before, parsed.data);
      });
      app.post("/events", async (context) => {
        const parsed = event.safeParse(await context.req.json());
        if (!parsed.success) return failed(context, 400, "parameter_invalid", z.prettifyError(parsed.error));
        const contact = contacts.get(parsed.data.id);
        if (contact === undefined) return failed(context, 404, "not_found", "User Not Found");
        if (Object.keys(parsed.data.metadata ?? {}).length > 10) {
          return failed(context, 400, "parameter_invalid", "At most 10 metadata keys");
        }
        events.push({ person: nameOf(contact), name: parsed.data.event_name });
        return context.body(null, 202);
      });
    },
  );
  return {
    ...server,
    token,
    having: (attribute) =>
      [...contacts.values()].filter((contact) => contact.custom_attributes[attribute] === true).map(nameOf),
    events,
  };
}
