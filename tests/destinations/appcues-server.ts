import * as z from "zod";
import { startTool, type ToolServer } from "./tool-server";

const flat = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export interface AppcuesServer extends ToolServer {
  readonly account: string;
  readonly key: string;
  readonly secret: string;
  /** Those whose profile's property of that name is true. */
  having(property: string): string[];
  readonly events: { person: string; name: string }[];
}

/** Appcues' public API for one person's profile and events. */
export async function startAppcues(): Promise<AppcuesServer> {
  const account = "12345";
  const key = "appcues-key";
  const secret = "appcues-secret";
  const profiles = new Map<string, Record<string, unknown>>();
  const events: AppcuesServer["events"] = [];
  const expected = `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}`;
  const server = await startTool(
    {
      isAuthorized: (context) => context.req.header("authorization") === expected,
      unauthorized: (context) => context.json({ error: true, message: "Unauthorized" }, 401),
      tooMany: (context) => context.json({ error: true, message: "Too many requests" }, 429),
      bodyLimit: 1_000_000,
      tooLarge: (context) => context.json({ error: true, message: "Too large" }, 413),
    },
    (app, faults) => {
      app.get(`/v2/accounts/${account}/segments`, (context) => context.json([]));
      app.patch(`/v2/accounts/${account}/users/:id/profile`, async (context) => {
        const id = context.req.param("id");
        const parsed = flat.safeParse(await context.req.json());
        if (!parsed.success || faults.isRefused(id)) {
          return context.json({ error: true, message: "The profile is not valid" }, 400);
        }
        profiles.set(id, { ...profiles.get(id), ...parsed.data });
        return context.json({});
      });
      app.post(`/v2/accounts/${account}/users/:id/events`, async (context) => {
        const parsed = z
          .object({ name: z.string().min(1), timestamp: z.iso.datetime(), attributes: flat.optional() })
          .safeParse(await context.req.json());
        if (!parsed.success) return context.json({ error: true, message: z.prettifyError(parsed.error) }, 400);
        events.push({ person: context.req.param("id"), name: parsed.data.name });
        return context.json({});
      });
    },
  );
  return {
    ...server,
    account,
    key,
    secret,
    having: (property) => [...profiles].filter(([, values]) => values[property] === true).map(([person]) => person),
    events,
  };
}
