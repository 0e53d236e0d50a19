import { Analytics } from "@segment/analytics-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ListeningApp, openListeningApp } from "./support/listening-app";

let server: ListeningApp;
beforeAll(async () => {
  server = await openListeningApp();
});
afterAll(() => server.close());

test("an unmodified analytics-node sends, and the person is in the next preview", async () => {
  const analytics = new Analytics({ writeKey: server.writeKey, host: server.host, flushAt: 5 });
  const failures: unknown[] = [];
  analytics.on("error", (error) => failures.push(error));
  analytics.page({ anonymousId: "visitor", name: "Pricing" });
  analytics.identify({ userId: "ada", anonymousId: "visitor", traits: { plan: "trial", email: "ada@example.com" } });
  analytics.track({ userId: "ada", event: "Account Created", timestamp: new Date(Date.now() - 3 * 86_400_000) });
  analytics.screen({ userId: "ada", name: "Inbox" });
  analytics.group({ userId: "ada", groupId: "acme", traits: { seats: 4 } });
  analytics.alias({ userId: "ada", previousId: "ada-before" });
  analytics.track({ userId: "ben", event: "Activation Milestone Reached" });
  await analytics.closeAndFlush();
  expect(failures).toEqual([]);

  const definition = {
    version: 1,
    root: {
      kind: "all",
      conditions: [
        { kind: "event", event: "Account Created", window: { kind: "before_last", amount: 2, unit: "day" } },
        { kind: "event", event: "Activation Milestone Reached", count: { op: "exactly", value: 0 } },
        { kind: "event", type: "page", event: "Pricing" },
        { kind: "trait", trait: "plan", op: "equals", value: "trial" },
      ],
    },
  };
  const { status, body } = await server.app.call("POST", "/api/audiences/preview", { definition });
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body).toMatchObject({
    count: 1,
    candidates: 2,
    people: [{ userId: "ada", anonymousIds: ["visitor"], email: "ada@example.com" }],
  });
});
