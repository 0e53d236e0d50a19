import { Analytics } from "@segment/analytics-node";
import { createAudience } from "../core/api/audiences";
import { listChanges } from "../core/api/memberships";
import { createSource } from "../core/api/sources";
import type { AudienceTree } from "../core/audience/definition";
import { expectAccessible } from "./accessible";
import { answered } from "./answered";
import { startProxy } from "./cut-proxy";
import { expect, test } from "./foothold";

test.use({ workspace: "changes", sample: false });

test("people enter and leave in the page as it happens, each with when and why", async ({ page, api, foothold }) => {
  const { writeKey } = await answered(createSource.answer, api.post("/api/sources", { data: { name: "Server" } }));
  const did = (event: string, value?: number): AudienceTree => ({
    kind: "event",
    event,
    ...(value !== undefined && { count: { op: "exactly", value } }),
  });
  const root: AudienceTree = {
    kind: "all",
    conditions: [did("Account Created"), did("Activation Milestone Reached", 0)],
  };
  const audience = { name: "Not activated", definition: { version: 1, root } };
  const { id } = await answered(createAudience.answer, api.post("/api/audiences", { data: audience }));
  await page.goto(`/audiences/${id}?view=changes`);
  await expect(page.getByText("Nobody has entered or left yet")).toBeVisible();
  await expect(page.getByText("· live")).toBeVisible();
  await expectAccessible(page);

  const analytics = new Analytics({ writeKey, host: foothold.origin, flushAt: 1 });
  for (const userId of ["ann", "bob", "cid"]) analytics.track({ userId, event: "Account Created" });
  await analytics.flush();
  const list = page.getByRole("list", { name: "Changes" });
  await expect(list.getByRole("listitem")).toHaveCount(3);
  await expect(page.getByRole("button", { name: "Export 3 people" })).toBeVisible();
  await expect(page.getByText("3 entered and 0 left in 30 days", { exact: true })).toBeVisible();

  analytics.track({ userId: "bob", event: "Activation Milestone Reached" });
  await analytics.flush();
  const latest = list.getByRole("listitem").first();
  await expect(latest).toContainText("Leftbobdid Activation Milestone Reached");
  await expect(page.getByRole("button", { name: "Export 2 people" })).toBeVisible();
  await latest.getByRole("button", { name: "Why did bob leave?" }).click();
  const why = page.getByRole("region", { name: "Why" });
  await expect(why).toContainText("Not in");
  await expect(why).toContainText("1 of 2 conditions are true");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Pause" }).click();
  analytics.track({ userId: "ann", event: "Activation Milestone Reached" });
  await analytics.flush();
  await expect(page.getByRole("status").filter({ hasText: "Paused · 1 new change" })).toBeVisible();
  await expect(list.getByRole("listitem")).toHaveCount(4);
  // The list stands still, the figures do not.
  await expect(page.getByRole("button", { name: "Export 1 person" })).toBeVisible();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(5);

  await page.getByRole("radio", { name: "Left" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await expect(page).toHaveURL(/change=exited/);
  const days = page.getByRole("img", { name: /^Entries and exits per day/ });
  await days.press("End");
  await expect(page.getByText(/ until \d\d:\d\d: 3 entered, 2 left$/)).toBeVisible();
  await days.press("ArrowLeft");
  await days.press("Enter");
  await expect(page.getByText("Nobody left on that day")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Show all changes" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(5);

  await list.getByRole("link", { name: "cid" }).click();
  const memberships = page.getByRole("region", { name: "Audiences" });
  await expect(memberships).toContainText("Not activateddid Account Createdin for");
  await analytics.closeAndFlush();
});

test("a lost connection is told, and what came meanwhile is there once; the log goes back page by page", async ({
  page,
  api,
  foothold,
}) => {
  const { writeKey } = await answered(createSource.answer, api.post("/api/sources", { data: { name: "Batches" } }));
  const send = async (people: readonly string[], event: string) => {
    const batch = people.map((userId) => ({ type: "track", event, userId, messageId: `${userId} ${event}` }));
    const answer = await api.post("/v1/batch", {
      headers: { authorization: `Basic ${btoa(`${writeKey}:`)}` },
      data: { batch },
    });
    expect(answer.status()).toBe(200);
  };
  const many = Array.from({ length: 260 }, (_, index) => `many-${String(index).padStart(3, "0")}`);
  const data = { name: "Seen", definition: { version: 1, root: { kind: "event", event: "Seen" } } };
  const { id } = await answered(createAudience.answer, api.post("/api/audiences", { data }));
  await send(many, "Seen");
  const changes = () => answered(listChanges.answer, api.get(`/api/audiences/${id}/changes?limit=1000`));
  await expect.poll(async () => (await changes()).items.length).toBe(260);

  const proxy = await startProxy(foothold.origin);
  await page.goto(`${proxy.origin}/audiences/${id}?view=changes`);
  const list = page.getByRole("list", { name: "Changes" });
  await expect(list.getByRole("listitem").first()).toContainText("many-259");
  proxy.cut();
  await expect(page.getByRole("status").filter({ hasText: "The connection is lost" })).toBeVisible();
  await send(["while-away"], "Seen");
  await expect.poll(async () => (await changes()).items.length).toBe(261);
  proxy.mend();
  await expect(list.getByRole("listitem").first()).toContainText("while-away");
  await expect(list.getByRole("listitem").nth(1)).toContainText("many-259");
  await expect(page.getByRole("button", { name: "Export 261 people" })).toBeVisible();

  const oldest = list.getByRole("listitem").filter({ hasText: "many-000" });
  await expect(async () => {
    await page.mouse.wheel(0, 4_000);
    await expect(oldest).toBeVisible({ timeout: 500 });
  }).toPass();
  await proxy.close();
});
