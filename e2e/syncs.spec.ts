import { Analytics } from "@segment/analytics-node";
import { createSource } from "../core/api/sources";
import { startWebhook, type WebhookServer } from "../tests/destinations/webhook-server";
import { expectAccessible } from "./accessible";
import { answered } from "./answered";
import { expect, test } from "./foothold";

test.use({ workspace: "syncs", sample: false });

const secret = "whispered-between-us";
let hook: WebhookServer;
test.beforeAll(async () => {
  hook = await startWebhook(secret);
});
test.afterAll(() => hook.close());

test("from Stuck before activation to a webhook, and out again by the milestone", async ({ page, api, foothold }) => {
  const data = { name: "Server", kind: "server" };
  const { writeKey } = await answered(createSource.answer, api.post("/api/sources", { data }));
  const analytics = new Analytics({ writeKey, host: foothold.origin });
  const threeDaysAgo = new Date(Date.now() - 3 * 86_400_000);
  for (const userId of ["ann", "bob", "cid"]) {
    analytics.identify({ userId, traits: { plan: "trial", email: `${userId}@example.com` }, timestamp: threeDaysAgo });
    analytics.track({ userId, event: "Account Created", timestamp: threeDaysAgo });
  }
  analytics.track({ userId: "zoe", event: "Activation Milestone Reached", timestamp: threeDaysAgo });
  await analytics.flush();

  await page.goto("/audiences/new");
  await page
    .getByRole("region", { name: "Start from" })
    .getByRole("button", { name: /^Stuck before activation/ })
    .click();
  await expect(page.getByText("3 people, 75.0 percent")).toBeVisible();
  await page.getByLabel("Name of the audience").fill("Stuck before activation");
  await page.getByRole("button", { name: /^Save audience/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Stuck before activation" })).toBeVisible();
  await expect(page).toHaveURL(/\/audiences\/[0-9a-f-]{36}/);
  const audience = new URL(page.url()).pathname;

  await page.goto("/destinations");
  await page.getByRole("link", { name: "Add a destination" }).click();
  await page.getByRole("button", { name: /^Webhook/ }).click();
  await page.getByLabel("Name", { exact: true }).fill("Our hook");
  await page.getByLabel("Address").fill(`${hook.origin}/hook`);
  await page.getByLabel("Signing secret").fill("not the right secret");
  await page.getByRole("button", { name: "Test the connection" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "401" })).toBeVisible();
  await page.getByLabel("Signing secret").fill(secret);
  await page.getByRole("button", { name: "Test the connection" }).click();
  await expect(page.getByRole("status").filter({ hasText: "took a signed test request" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Connect Webhook" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Our hook" })).toBeVisible();

  await page.goto(`${audience}?view=syncs`);
  await page.getByRole("button", { name: "Send to…" }).click();
  await page.getByRole("button", { name: "Dry run" }).click();
  const dry = page.getByRole("region", { name: "Dry run" });
  await expect(dry).toContainText("Would add 3 and remove 0. Nothing was sent.");
  await dry.getByText("ann", { exact: true }).click();
  await expect(dry.getByText('"type": "audience.changes"').first()).toBeVisible();
  expect(hook.batches).toEqual([]);
  await page.getByRole("button", { name: "Start sending" }).click();
  await expect(page.getByText("Up to date")).toBeVisible();
  await expect.poll(() => hook.members()).toEqual(["ann", "bob", "cid"]);
  await expect(page.getByText("3 people there now")).toBeVisible();

  analytics.track({ userId: "bob", event: "Activation Milestone Reached" });
  await analytics.closeAndFlush();
  await expect.poll(() => hook.members()).toEqual(["ann", "cid"]);
  await expect(page.getByText("2 people there now")).toBeVisible();
  // The page's own count has followed by itself.
  await expect(page.getByRole("button", { name: "Export 2 people" })).toBeVisible();
  await page.getByRole("tab", { name: "Changes" }).click();
  const left = page.getByRole("list", { name: "Changes" }).getByRole("listitem").first();
  await expect(left).toContainText("Leftbob@example.comdid Activation Milestone Reached");
  await page.getByRole("tab", { name: "Sent to" }).click();
  await expectAccessible(page);

  await page.getByRole("searchbox", { name: "Person" }).fill("bob");
  const deliveries = page.getByRole("region", { name: "Deliveries" }).getByRole("row");
  // Its head, his leaving and his entering.
  await expect(deliveries).toHaveCount(3);
  await expect(deliveries.nth(1)).toContainText("exited");
  await deliveries.nth(1).getByRole("button", { name: "Show the request" }).click();
  await expect(page.getByText("answered 204")).toBeVisible();
  await page.getByRole("link", { name: "bob" }).first().click();
  await expect(page).toHaveURL(/\/profiles\//);
  await expect(page.getByRole("region", { name: "Deliveries" }).first()).toContainText("Delivered");

  await page.goto(`${audience}?view=syncs`);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("Paused", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("Up to date")).toBeVisible();
});
