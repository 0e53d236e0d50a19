import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { createAudience } from "@/core/api/audiences";
import { createDestination } from "@/core/api/destinations";
import { createSync, getSync } from "@/core/api/syncs";
import type * as outgoing from "@/server/destinations/outgoing";
import { openTestApp, type TestApp } from "@/tests/support/app";
import { audience, identifierOf, type Rig } from "./rig";
import { rigs } from "./rigs";

const { ways } = vi.hoisted(() => ({ ways: new Map<string, string>() }));
// The product's own way out, with the tools' hosts led to this machine.
vi.mock("@/server/destinations/outgoing", async (original) => {
  const real = await original<typeof outgoing>();
  return {
    ...real,
    openOutgoing: (options: Parameters<typeof real.openOutgoing>[0]) => {
      const way = real.openOutgoing(options);
      const fetch: outgoing.OutgoingFetch = (address, request) => {
        const { origin, pathname, search } = new URL(address);
        const to = ways.get(origin);
        if (to === undefined) throw new Error(`Nobody is expected at ${origin}`);
        return way.fetch(`${to}${pathname}${search}`, request);
      };
      return { ...way, fetch };
    },
  };
});
vi.setConfig({ testTimeout: 120_000 });

const patience = { timeout: 100_000, interval: 100 };
/** One of each host, as a host can lead to one server only. */
const chosen = Object.entries(rigs).filter(([name]) => name !== "hubspot by a property");

let app: TestApp;
let writeKey: string;
let tools: [string, Rig][];
beforeAll(async () => {
  app = await openTestApp({ allowPrivateAddresses: true });
  const source = await app.call("POST", "/api/sources", { name: "App" });
  writeKey = z.object({ writeKey: z.string() }).parse(source.body).writeKey;
  tools = await Promise.all(chosen.map(async ([name, start]): Promise<[string, Rig]> => [name, await start()]));
  for (const [, { origin, server }] of tools) ways.set(origin, server.origin);
});
afterAll(async () => {
  await app.close();
  for (const [, { server }] of tools) await server.close();
});

async function send(batch: readonly object[]): Promise<void> {
  const response = await app.fetch("/v1/batch", { method: "POST", body: JSON.stringify({ writeKey, batch }) });
  expect(response.status).toBe(200);
}

const signUp = (people: readonly number[]) =>
  send(
    people.flatMap((person) => {
      const userId = identifierOf(person, "userId");
      const traits = { email: identifierOf(person, "email") };
      return [
        { type: "identify", userId, traits },
        { type: "track", userId, event: "Account Created" },
      ];
    }),
  );
const activate = (people: readonly number[]) =>
  send(people.map((person) => ({ type: "track", userId: identifierOf(person, "userId"), event: "Activated" })));

async function ok<Answer>(answer: z.ZodType<Answer>, method: string, path: string, body?: unknown): Promise<Answer> {
  const called = await app.call(method, path, body);
  expect(called.status, JSON.stringify(called.body)).toBeLessThan(300);
  return answer.parse(called.body);
}

test("every tool has exactly the audience: at first, after changes, too much at a time and answers that never came", async () => {
  const people = Array.from({ length: 10 }, (_, index) => index);
  await signUp(people);
  const definition = {
    version: 1,
    root: {
      kind: "all",
      conditions: [
        { kind: "event", event: "Account Created" },
        { kind: "not", condition: { kind: "event", event: "Activated" } },
      ],
    },
  };
  const { id: audienceId } = await ok(createAudience.answer, "POST", "/api/audiences", {
    name: audience.name,
    definition,
  });
  const syncs: string[] = [];
  for (const [name, { destination, settings, options }] of tools) {
    const connection = { tool: destination.tool.id, name, settings };
    const { id: destinationId } = await ok(createDestination.answer, "POST", "/api/destinations", connection);
    const sync = { audienceId, destinationId, ...(options !== undefined && { options }) };
    syncs.push((await ok(createSync.answer, "POST", "/api/syncs", sync)).id);
  }
  const everywhere = (inside: readonly number[]) =>
    vi.waitFor(async () => {
      for (const [name, rig] of tools) {
        const kind = rig.destination.tool.identifiers[0];
        const expected = inside.map((person) => identifierOf(person, kind)).sort();
        expect([...(await rig.members(audienceId))].sort(), name).toEqual(expected);
      }
    }, patience);
  await everywhere(people);

  for (const [, { server }] of tools) await server.limitNext();
  await activate([0, 1, 2, 3]);
  await signUp([40, 41]);
  await everywhere([...people.slice(4), 40, 41]);

  for (const [, { server }] of tools) await server.cutNextAnswer();
  await activate([4, 40]);
  await everywhere([...people.slice(5), 41]);
  await vi.waitFor(async () => {
    for (const id of syncs) {
      expect(await ok(getSync.answer, "GET", `/api/syncs/${id}`)).toMatchObject({
        phase: "changes",
        people: { in: 6, missed: 0, stuck: 0 },
        trouble: null,
      });
    }
  }, patience);
});
