import * as z from "zod";
import { startTool, type ToolServer } from "./tool-server";

const who = { external_id: z.string().optional(), email: z.string().optional() };
const request = z.object({
  attributes: z.array(z.looseObject({ ...who, _update_existing_only: z.boolean().optional() })).default([]),
  events: z
    .array(
      z.object({
        ...who,
        name: z.string(),
        time: z.iso.datetime({ offset: true }),
        properties: z.unknown().optional(),
      }),
    )
    .default([]),
});

export interface BrazeServer extends ToolServer {
  readonly key: string;
  /** Those whose attribute of that name is true. */
  having(attribute: string): string[];
  attributesOf(person: string): Record<string, unknown>;
  readonly events: { person: string; name: string; properties: unknown }[];
}

/** Braze's `/users/track` as documented: 75 objects a request, errors by array and index, the reset of the limit in epoch seconds. */
export async function startBraze(): Promise<BrazeServer> {
  const key = "braze-rest-key";
  const profiles = new Map<string, Record<string, unknown>>();
  const events: BrazeServer["events"] = [];
  const server = await startTool(
    {
      isAuthorized: (context) => context.req.header("authorization") === `Bearer ${key}`,
      unauthorized: (context) => context.json({ message: "Invalid API key" }, 401),
      tooMany: (context) => {
        context.header("X-RateLimit-Limit", "3000");
        context.header("X-RateLimit-Remaining", "0");
        context.header("X-RateLimit-Reset", String(Math.ceil(Date.now() / 1000)));
        return context.json({ message: "You have exceeded the rate limit for this endpoint." }, 429);
      },
      bodyLimit: 4_000_000,
      tooLarge: (context) => context.json({ message: "Request body too large" }, 413),
    },
    (app, faults) => {
      app.post("/users/track", async (context) => {
        const parsed = request.safeParse(await context.req.json());
        if (!parsed.success) return context.json({ message: z.prettifyError(parsed.error) }, 400);
        const { attributes, events: sent } = parsed.data;
        if (attributes.length + sent.length === 0) {
          return context.json(
            { message: "Valid data must be provided in the 'attributes', 'events', or 'purchases' fields." },
            400,
          );
        }
        if (attributes.length + sent.length > 75) {
          return context.json({ message: "Too many objects: at most 75 may be sent in a request." }, 400);
        }
        const errors: { type: string; input_array: string; index: number }[] = [];
        const accept = (array: string, index: number, person: string | undefined): person is string => {
          if (person !== undefined && !faults.isRefused(person)) return true;
          const type =
            person === undefined
              ? "'external_id', 'braze_id', 'user_alias', 'email' or 'phone' is required"
              : "The user is blocked";
          errors.push({ type, input_array: array, index });
          return false;
        };
        attributes.forEach(({ external_id, email, _update_existing_only: existingOnly, ...values }, index) => {
          const person = external_id ?? email;
          if (!accept("attributes", index, person)) return;
          if (existingOnly === true && !profiles.has(person)) return;
          profiles.set(person, { ...profiles.get(person), ...(email === undefined ? {} : { email }), ...values });
        });
        sent.forEach(({ external_id, email, name, properties }, index) => {
          const person = external_id ?? email;
          if (accept("events", index, person)) events.push({ person, name, properties });
        });
        const done = attributes.length + sent.length - errors.length;
        if (done === 0) return context.json({ message: "failure", errors }, 400);
        return context.json({ message: "success", ...(errors.length > 0 && { errors }) }, 201);
      });
    },
  );
  return {
    ...server,
    key,
    having: (attribute) => [...profiles].filter(([, values]) => values[attribute] === true).map(([person]) => person),
    attributesOf: (person) => profiles.get(person) ?? {},
    events,
  };
}
