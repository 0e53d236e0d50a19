import * as z from "zod";
import { startTool, type ToolContext, type ToolServer } from "./tool-server";

const who = { email: z.string().optional(), userId: z.string().optional(), preferUserId: z.boolean().optional() };
const subscription = z.object({
  listId: z.int(),
  subscribers: z
    .array(z.object({ ...who, dataFields: z.record(z.string(), z.unknown()).optional() }))
    .min(1)
    .max(1000),
  updateExistingUsersOnly: z.boolean().optional(),
});
const updates = z.object({
  users: z
    .array(z.object({ ...who, dataFields: z.record(z.string(), z.unknown()).optional() }))
    .min(1)
    .max(1000),
});
const track = z.object({
  events: z
    .array(
      z.object({
        ...who,
        id: z.string().optional(),
        eventName: z.string().min(1),
        createdAt: z.int().optional(),
        dataFields: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .min(1)
    .max(1000),
});

export interface IterableServer extends ToolServer {
  readonly key: string;
  /** Those in the list of that name. */
  listed(name: string): string[];
  fieldsOf(person: string): Record<string, unknown>;
  /** By id, so that one that comes twice is there once. */
  readonly events: Map<string, { person: string; name: string }>;
}

type Who = { email?: string | undefined; userId?: string | undefined };
const idOf = (one: Who) => one.userId ?? one.email;

/** Iterable's lists, users and events as documented: 1,000 entries and 4 MB a request, failed entries by kind of fault and identifier. */
export async function startIterable(): Promise<IterableServer> {
  const key = "iterable-api-key";
  const lists = new Map<number, { name: string; people: Set<string> }>();
  const users = new Map<string, Record<string, unknown>>();
  const events: IterableServer["events"] = new Map();
  const bad = (context: ToolContext, msg: string) => context.json({ msg, code: "BadJsonBody", params: null }, 400);
  const server = await startTool(
    {
      isAuthorized: (context) => context.req.header("api-key") === key,
      unauthorized: (context) => context.json({ msg: "Invalid API key", code: "BadApiKey", params: null }, 401),
      tooMany: (context) => context.json({ msg: "Rate limit exceeded", code: "RateLimitExceeded", params: null }, 429),
      bodyLimit: 4_000_000,
      tooLarge: (context) => context.json({ msg: "Body is too large", code: "RequestEntityTooLarge" }, 413),
    },
    (app, faults) => {
      /** The answer to a bulk call: `carryOut` runs for those who are taken. */
      const bulk = <Entry extends Who>(entries: Entry[], carryOut: (person: string, entry: Entry) => void) => {
        const invalidEmails: string[] = [];
        const invalidUserIds: string[] = [];
        let failCount = 0;
        for (const entry of entries) {
          const person = idOf(entry);
          if (person !== undefined && !faults.isRefused(person)) {
            carryOut(person, entry);
            continue;
          }
          failCount += 1;
          if (entry.userId !== undefined) invalidUserIds.push(entry.userId);
          else if (entry.email !== undefined) invalidEmails.push(entry.email.toLowerCase());
        }
        return {
          successCount: entries.length - failCount,
          failCount,
          invalidEmails,
          invalidUserIds,
          failedUpdates: { invalidEmails, invalidUserIds },
        };
      };
      app.get("/api/lists", (context) =>
        context.json({ lists: [...lists].map(([id, { name }]) => ({ id, name, listType: "Standard" })) }),
      );
      app.post("/api/lists", async (context) => {
        const { name } = z.object({ name: z.string().min(1) }).parse(await context.req.json());
        const listId = 1000 + lists.size;
        lists.set(listId, { name, people: new Set() });
        return context.json({ listId });
      });
      app.get("/api/lists/getUsers", (context) => {
        const list = lists.get(Number(context.req.query("listId")));
        if (list === undefined) return bad(context, "The list does not exist");
        return context.text([...list.people].map((person) => `${person}\n`).join(""));
      });
      for (const action of ["subscribe", "unsubscribe"]) {
        app.post(`/api/lists/${action}`, async (context) => {
          const parsed = subscription.safeParse(await context.req.json());
          if (!parsed.success) return bad(context, z.prettifyError(parsed.error));
          const list = lists.get(parsed.data.listId);
          if (list === undefined) return bad(context, "The list does not exist");
          return context.json(
            bulk(parsed.data.subscribers, (person, { dataFields }) => {
              if (action === "subscribe") list.people.add(person);
              else list.people.delete(person);
              if (dataFields !== undefined) users.set(person, { ...users.get(person), ...dataFields });
            }),
          );
        });
      }
      app.post("/api/users/bulkUpdate", async (context) => {
        const parsed = updates.safeParse(await context.req.json());
        if (!parsed.success) return bad(context, z.prettifyError(parsed.error));
        return context.json(
          bulk(parsed.data.users, (person, { dataFields }) => {
            users.set(person, { ...users.get(person), ...dataFields });
          }),
        );
      });
      app.post("/api/events/trackBulk", async (context) => {
        const parsed = track.safeParse(await context.req.json());
        if (!parsed.success) return bad(context, z.prettifyError(parsed.error));
        return context.json(
          bulk(parsed.data.events, (person, { id, eventName }) => {
            events.set(id ?? `without id ${events.size}`, { person, name: eventName });
          }),
        );
      });
    },
  );
  return {
    ...server,
    key,
    listed: (name) => [...([...lists.values()].find((list) => list.name === name)?.people ?? [])],
    fieldsOf: (person) => users.get(person) ?? {},
    events,
  };
}
