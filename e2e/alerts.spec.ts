import type { Locator } from "@playwright/test";
import { createAlert, listAlerts } from "../core/api/alerts";
import { createAudience } from "../core/api/audiences";
import { createDestination } from "../core/api/destinations";
import { createSource } from "../core/api/sources";
import { createSync, listDeliveries } from "../core/api/syncs";
import { startWebhook, type WebhookServer } from "../tests/destinations/webhook-server";
import { expectAccessible, expectPageAccessible } from "./accessible";
import { answered } from "./answered";
import { expect, test } from "./foothold";

test.use({ workspace: "alerts", sample: false });
test.describe.configure({ mode: "serial" });

const secret = "whispered-between-us";
let hook: WebhookServer;
test.beforeAll(async () => {
  hook = await startWebhook(secret);
});
test.afterAll(() => hook.close());

/** The clickable words of a sentence, in their order. */
async function expectWords(sentence: Locator, words: readonly (string | RegExp)[]): Promise<void> {
  await expect(sentence.getByRole("paragraph").first().getByRole("button")).toHaveText([...words]);
}

test("from a starter to a message, and to the home page", async ({ page, api }) => {
  const { writeKey } = await answered(createSource.answer, api.post("/api/sources", { data: { name: "Server" } }));
  const definition = { version: 1, root: { kind: "event", event: "Signed Up" } };
  const audience = await answered(
    createAudience.answer,
    api.post("/api/audiences", { data: { name: "Trials", definition } }),
  );
  const settings = { url: `${hook.origin}/hook`, secret };
  const destination = await answered(
    createDestination.answer,
    api.post("/api/destinations", { data: { tool: "webhook", name: "Our hook", settings } }),
  );
  await hook.refuse("ann");
  const data = { audienceId: audience.id, destinationId: destination.id };
  const sync = await answered(createSync.answer, api.post("/api/syncs", { data }));
  await api.post("/v1/track", { data: { writeKey, userId: "ann", event: "Signed Up" } });
  await expect
    .poll(async () => {
      const gaveUp = await api.get(`/api/deliveries?syncId=${sync.id}&result=gave_up`);
      return listDeliveries.answer.parse(await gaveUp.json()).items.length;
    })
    .toBe(1);

  await page.goto("/");
  await page.getByRole("link", { name: "Alerts" }).click();
  await expect(page.getByRole("heading", { name: "No alert yet" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: /^Tell me when any destination/ }).click();
  const made = page.getByRole("region", { name: "New alert" });
  await expectWords(made, ["somebody", "any destination", "has been failing for", "10 minutes", "once"]);
  await expect(made.getByRole("button", { name: "Make this alert" })).toBeDisabled();

  await made.getByRole("button", { name: "somebody" }).click();
  await page.getByLabel("Addresses").fill("anna@example.com");
  await page.keyboard.press("Escape");
  await made.getByRole("button", { name: "Make this alert" }).click();
  await expect(made.getByRole("alert")).toContainText("Email is not set up here.");
  await made.getByRole("button", { name: "anna@example.com" }).click();
  await page.getByLabel("By").selectOption("webhook");
  await page.getByLabel("Address", { exact: true }).fill(`${hook.origin}/hook`);
  await page.getByLabel("Signing secret").fill(secret);
  await expectAccessible(page);
  await page.getByLabel("Signing secret").press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  // By the keyboard alone: to the verb, another one, and its number.
  await made.getByRole("button", { name: /^the webhook at/ }).press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(made.getByRole("button", { name: "has been failing for" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.type("gave up");
  await page.keyboard.press("Enter");
  await made.getByRole("button", { name: "10 deliveries or more" }).press("Enter");
  await page.keyboard.type("1");
  await page.keyboard.press("Enter");
  await expectWords(made, [/^the webhook at/, "any destination", "gave up", "1 delivery or more", "1 day", "once"]);
  await made.getByRole("button", { name: "Make this alert" }).click();

  const card = page.getByRole("list", { name: "Alerts" }).getByRole("listitem").first();
  await expect(card.getByText("firing", { exact: true })).toBeVisible();
  await expect(card).toContainText("Trials to Our hook gave up 1 delivery within 1 day.");
  await expect.poll(() => hook.alerts.map(({ type }) => type)).toEqual(["alert.fired"]);
  await card.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText("The test was sent.")).toBeVisible();
  await expect.poll(() => hook.alerts.map(({ type }) => type)).toEqual(["alert.fired", "alert.test"]);
  await card.getByRole("button", { name: "History" }).click();
  await expect(card.getByRole("region", { name: "History" })).toContainText("began");
  await expectAccessible(page);

  await page.goto("/");
  const firing = page.getByRole("region", { name: "Firing alerts" });
  await expect(firing).toContainText("Trials to Our hook gave up 1 delivery within 1 day.");
  await expectAccessible(page);
  await firing.getByRole("link", { name: "Show in Alerts" }).click();
  await expect(page).toHaveURL(/\/alerts/);
});

test("a change is saved or discarded, an alert muted, deleted and brought back", async ({ page, api }) => {
  await page.goto("/alerts");
  const card = page.getByRole("list", { name: "Alerts" }).getByRole("listitem").first();
  await card.getByRole("button", { name: "1 day" }).click();
  await page.getByRole("textbox", { name: "Within" }).fill("3");
  await page.keyboard.press("Enter");
  await card.getByRole("button", { name: "Discard" }).click();
  await expect(card.getByRole("button", { name: "1 day" })).toBeVisible();
  await card.getByRole("button", { name: "once" }).click();
  await page.getByRole("option", { name: "and again every day" }).click();
  await card.getByRole("button", { name: "Save this alert" }).click();
  await expect(card.getByRole("button", { name: "Save this alert" })).toHaveCount(0);
  const saved = async () => listAlerts.answer.parse(await (await api.get("/api/alerts")).json()).items;
  // What is saved tells with the secret that was kept.
  expect((await saved())[0]).toMatchObject({ remindHours: 24, channel: { via: "webhook" } });
  await card.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText("The test was sent.")).toBeVisible();

  await card.getByRole("button", { name: "Mute or delete" }).click();
  await page.getByRole("menuitem", { name: "Mute for a day" }).click();
  await expect(card.getByText(/^muted until/)).toBeVisible();
  await card.getByRole("button", { name: "Mute or delete" }).click();
  await page.getByRole("menuitem", { name: "Tell again from now on" }).click();
  await expect(card.getByText(/^muted until/)).toHaveCount(0);

  await card.getByRole("button", { name: "Mute or delete" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { name: "No alert yet" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(card.getByRole("button", { name: "1 delivery or more" })).toBeVisible();
  expect(await saved()).toHaveLength(1);
});

test("the page with alerts of every kind", async ({ page, api }) => {
  const channel = { via: "slack", channel: "#growth", webhookUrl: "https://hooks.slack.com/services/T/B/x" };
  for (const rule of [
    { kind: "sync_failing", destinationId: null, minutes: 90 },
    { kind: "audience_jumped", audienceId: null, direction: "shrank", percent: 12.5, people: 1_000, hours: 24 },
    { kind: "source_silent", sourceId: null, minutes: 60, onlyIfWeekBefore: true },
  ]) {
    await answered(createAlert.answer, api.post("/api/alerts", { data: { rule, channel } }));
  }
  await expectPageAccessible(page, "/alerts");
  await expectPageAccessible(page, "/");
});
