import type { APIRequestContext, Page } from "@playwright/test";
import { listAudiences } from "../core/api/audiences";
import { createSource } from "../core/api/sources";
import { expectPageAccessible } from "./accessible";
import { answered } from "./answered";
import { expect, test } from "./foothold";

test.use({ workspace: "account", sample: false });

const acme = "acme/100% wool";

async function seed(api: APIRequestContext): Promise<void> {
  const { writeKey } = await answered(createSource.answer, api.post("/api/sources", { data: { name: "Product" } }));
  const batch = [
    { type: "group", userId: "ada", groupId: acme, traits: { name: "Acme", plan: "trial", seats: 12 } },
    { type: "group", userId: "bob", groupId: acme, traits: {} },
    { type: "track", userId: "bob", event: "Invite Sent" },
    { type: "group", userId: "cy", groupId: "globex", traits: { name: "Globex", plan: "paid" } },
    { type: "track", userId: "cy", event: "Invite Sent" },
  ].map((message, index) => ({ ...message, messageId: `accounts-${index}` }));
  expect((await api.post("/v1/batch", { data: { writeKey, batch } })).status()).toBe(200);
}

function word(page: Page, name: string | RegExp) {
  return page.getByRole("region", { name: "Conditions" }).getByRole("button", { name, exact: true });
}

async function pick(page: Page, text: string): Promise<void> {
  await expect(page.getByRole("combobox", { name: /^Search/ })).toBeFocused();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

test("an account is found, opened with its people, and asked for in an audience", async ({ page, api }) => {
  await seed(api);
  await page.goto("/accounts");
  await page.getByLabel("Search accounts").fill("acm");
  await expect(page.getByText("1 account", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Acme" }).click();
  await expect(page).toHaveURL(`/accounts/${encodeURIComponent(acme)}`);
  await expect(page.getByRole("heading", { level: 2, name: "Acme" })).toBeVisible();
  const people = page.getByRole("region", { name: "People", exact: true });
  await expect(people).toContainText("2 people");
  await expect(page.getByRole("main")).toContainText("Invite Sent");
  await people.getByRole("link", { name: "bob" }).click();
  await expect(page).toHaveURL(/\/profiles\//);
  await page.getByRole("link", { name: "Acme" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Acme" })).toBeVisible();

  await page.goto("/audiences/new");
  await expect(page.getByRole("complementary", { name: "Who is in it" })).toContainText("exact");
  await page.keyboard.press("/");
  await pick(page, "plan");
  await expect(page.getByRole("dialog", { name: "Choose the value of plan" })).toBeVisible();
  await pick(page, "trial");
  const conditions = page.getByRole("region", { name: "Conditions" });
  await expect(conditions).toContainText(/belongs to an account with all of.*its trait\s+plan.*is.*trial/s);
  await word(page, /^Add a condition to/).focus();
  await page.keyboard.press("Enter");
  await pick(page, "invite sent");
  await expect(page.getByRole("complementary", { name: "Who is in it" })).toContainText(/2\s*people/);
  await page.keyboard.press("Control+s");
  await expect(page.getByLabel("Name of the audience")).toBeFocused();
  await page.keyboard.type("Trial teams that invite");
  await page.keyboard.press("Control+s");
  await expect(page).toHaveURL(/\/audiences\/(?!new)[^/]+$/);
  const { items } = await answered(listAudiences.answer, api.get("/api/audiences"));
  expect(items.find(({ name }) => name === "Trial teams that invite")).toMatchObject({
    count: 2,
    definition: {
      root: {
        conditions: [
          {
            kind: "account",
            condition: {
              kind: "all",
              conditions: [
                { kind: "trait", trait: "plan", op: "equals", value: "trial" },
                { kind: "person", condition: { kind: "event", event: "Invite Sent" } },
              ],
            },
          },
        ],
      },
    },
  });

  await expectPageAccessible(page, "/accounts");
  await expectPageAccessible(page, `/accounts/${encodeURIComponent(acme)}`);
});
