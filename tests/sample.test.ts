import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { param, sql } from "@/server/event-store/sql";
import { openTestApp, type TestApp } from "./support/app";

const sampleState = z.object({
  status: z.string(),
  progress: z.number(),
  messages: z.int(),
  error: z.string().nullable(),
});
const preview = z.object({ count: z.int(), candidates: z.int() });
const table = z.record(z.string(), z.unknown());

describe("the sample workspace", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp();
  });
  afterAll(() => app.close());

  async function settled(): Promise<z.infer<typeof sampleState>> {
    for (;;) {
      const state = sampleState.parse((await app.call("GET", "/api/sample")).body);
      if (state.status !== "loading" && state.status !== "removing") return state;
      expect(state.progress).toBeLessThanOrEqual(1);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  async function count(root: object, includeAnonymous = false): Promise<z.infer<typeof preview>> {
    const definition = { version: 1, root, includeAnonymous };
    const { status, body } = await app.call("POST", "/api/audiences/preview", { definition, limit: 0 });
    expect(status, JSON.stringify(body)).toBe(200);
    return preview.parse(body);
  }
  /** What a table holds of people, in an order of its own. */
  async function contents(name: "identities" | "profile_activity" | "trait_changes" | "messages"): Promise<unknown> {
    const columns = {
      identities: sql`SELECT toString(kind) AS k, id, argMax(profile, version) AS p FROM identities GROUP BY kind, id ORDER BY k, id`,
      profile_activity: sql`SELECT profile, min(first_at) AS f, max(last_at) AS l FROM profile_activity GROUP BY profile ORDER BY profile`,
      trait_changes: sql`SELECT DISTINCT trait, profile, timestamp, value FROM trait_changes ORDER BY ALL`,
      messages: sql`SELECT DISTINCT profile, message_id, user_id, anonymous_id FROM messages ORDER BY ALL`,
    };
    return app.services.eventStore.query(columns[name], table);
  }
  const tables = ["identities", "profile_activity", "trait_changes", "messages"] as const;

  test("loads beside real data, shows something true on every page, and goes without a trace", {
    timeout: 120_000,
  }, async () => {
    const source = z
      .object({ id: z.string(), writeKey: z.string() })
      .parse((await app.call("POST", "/api/sources", { name: "Real" })).body);
    const real = [
      { type: "identify", userId: "real", anonymousId: "device", traits: { plan: "trial" }, messageId: "r1" },
      { type: "track", userId: "real", event: "Account Created", messageId: "r2", timestamp: "2026-01-01T00:00:00Z" },
      // The same person as one of the sample, as it may be when somebody tries things out.
      {
        type: "track",
        userId: "sample-user-0001",
        event: "Account Created",
        messageId: "r3",
        timestamp: "2026-01-01T00:00:00Z",
      },
    ];
    const sent = await app.fetch("/v1/batch", {
      method: "POST",
      body: JSON.stringify({ writeKey: source.writeKey, batch: real }),
    });
    expect(sent.status).toBe(200);
    const before = await Promise.all(tables.map(contents));

    expect((await app.call("POST", "/api/sample")).status).toBe(202);
    expect((await app.call("POST", "/api/sample")).status).toBe(409);
    const loaded = await settled();
    expect(loaded).toMatchObject({ status: "loaded", progress: 1, error: null });
    expect(loaded.messages).toBeGreaterThan(40_000);

    const created = await count({ kind: "event", event: "Account Created" });
    const activated = await count({ kind: "event", event: "Activation Milestone Reached" });
    expect(created.count).toBeGreaterThan(2_800);
    expect(activated.count / created.count).toBeGreaterThan(0.27);
    expect(activated.count / created.count).toBeLessThan(0.31);
    const anonymous = await count({ kind: "event", type: "page", event: "Pricing" }, true);
    const known = await count({ kind: "event", type: "page", event: "Pricing" });
    expect(known.count).toBeGreaterThan(500);
    expect(anonymous.count - known.count).toBeGreaterThan(300);

    const audiences = z.object({ items: z.array(z.object({ name: z.string(), count: z.int() })) });
    const { items } = audiences.parse((await app.call("GET", "/api/audiences")).body);
    expect(items.map(({ name }) => name)).toEqual(["Stuck before activation"]);
    expect(items[0]?.count).toBeGreaterThan(300);
    const funnels = z.object({ items: z.array(z.object({ name: z.string(), funnel: z.unknown() })) });
    const [funnel] = funnels.parse((await app.call("GET", "/api/funnels")).body).items;
    expect(funnel?.name).toBe("Sign-up to activation");
    const steps = z.object({ steps: z.array(z.object({ dropped: z.int(), label: z.string() })) });
    const figures = steps.parse(
      (await app.call("POST", "/api/funnels/preview", { funnel: funnel?.funnel })).body,
    ).steps;
    const worst = figures.reduce((most, step) => (step.dropped > most.dropped ? step : most));
    expect(worst.label).toContain("First Project Created");
    const rejections = await app.services.eventStore.query(
      sql`SELECT DISTINCT code FROM kept_messages WHERE verdict = 'refused' ORDER BY code`,
      table,
    );
    expect(rejections.length).toBeGreaterThan(3);

    const own = { name: "Signed up", definition: { version: 1, root: { kind: "event", event: "Account Created" } } };
    const { id } = z.object({ id: z.string() }).parse((await app.call("POST", "/api/audiences", own)).body);
    await app.services.memberships.upToDate();
    const members = () => app.services.memberships.current(id)?.members.count;
    expect(members()).toBe(created.count);

    expect((await app.call("DELETE", "/api/sample")).status).toBe(202);
    expect(await settled()).toEqual({ status: "absent", progress: 0, messages: 0, error: null });
    expect(await Promise.all(tables.map(contents))).toEqual(before);
    // Whoever came with the sample has left audiences of one's own.
    await app.services.memberships.upToDate();
    expect(members()).toBe(2);
    expect((await app.call("DELETE", `/api/audiences/${id}`)).status).toBe(200);
    expect(audiences.parse((await app.call("GET", "/api/audiences")).body).items).toEqual([]);
    expect(funnels.parse((await app.call("GET", "/api/funnels")).body).items).toEqual([]);
    expect(await count({ kind: "event", event: "Account Created" })).toEqual({ count: 2, candidates: 2 });

    // And it can come again.
    await app.call("POST", "/api/sample");
    const again = await settled();
    // Some of it may have happened since.
    expect(again.messages).toBeGreaterThanOrEqual(loaded.messages);
    expect(again.messages).toBeLessThan(loaded.messages + 100);
    const inStore = await app.services.eventStore.query(
      sql`SELECT uniqExact(message_id) AS ids FROM messages WHERE source != ${param.string(source.id)}`,
      z.strictObject({ ids: z.int() }),
    );
    expect(inStore).toEqual([{ ids: again.messages }]);
  });
});
