import Analytics from "@rudderstack/rudder-sdk-node";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type ListeningApp, openListeningApp } from "./support/listening-app";

let server: ListeningApp;
beforeAll(async () => {
  server = await openListeningApp();
});
afterAll(() => server.close());

test("an unmodified RudderStack SDK sends, packed with gzip, and each message arrives once", async () => {
  const failures: unknown[] = [];
  const analytics = new Analytics(server.writeKey, {
    dataPlaneUrl: server.host,
    flushAt: 20,
    errorHandler: (error) => failures.push(error),
  });
  analytics.identify({ userId: "ada", anonymousId: "visitor", traits: { plan: "trial", email: "ada@example.com" } });
  for (let order = 1; order <= 50; order += 1) {
    analytics.track({ userId: "ada", event: "Order Completed", properties: { order, total: order / 10 } });
  }
  analytics.page({ anonymousId: "visitor", name: "Pricing" });
  await analytics.flush();
  expect(failures).toEqual([]);

  const definition = {
    version: 1,
    root: {
      kind: "all",
      conditions: [
        { kind: "event", event: "Order Completed", count: { op: "exactly", value: 50 } },
        {
          kind: "event",
          event: "Order Completed",
          aggregate: { fn: "sum", property: "total", op: "eq", value: 127.5 },
        },
        { kind: "event", type: "page", event: "Pricing" },
        { kind: "trait", trait: "plan", op: "equals", value: "trial" },
      ],
    },
  };
  // The SDK sends on behind a flush that was due already.
  await vi.waitFor(async () => {
    const { body } = await server.app.call("POST", "/api/audiences/preview", { definition });
    expect(body).toMatchObject({ count: 1, people: [{ userId: "ada", email: "ada@example.com" }] });
  }, 10_000);
});
