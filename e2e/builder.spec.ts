import { listAudiences, previewAudience } from "../core/api/audiences";
import { expectAccessible } from "./accessible";
import { expect, test } from "./foothold";
import { stuckBeforeActivation } from "./sample";

test.use({ workspace: "builder" });

const count = (people: number) => people.toLocaleString("en-US");

test("the stuck are composed by the keyboard alone, counted as the API does, and kept over a reload", async ({
  page,
  api,
}) => {
  const answer = await api.post("/api/audiences/preview", { data: { definition: stuckBeforeActivation } });
  const expected = previewAudience.answer.parse(await answer.json());
  const panel = page.getByRole("complementary", { name: "Who is in it" });
  const conditions = page.getByRole("region", { name: "Conditions" });
  const press = (key: string) => page.keyboard.press(key);

  await page.goto("/audiences/new");
  await expect(panel).toContainText(`${count(expected.candidates)}people`);
  await press("/");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("account cre");
  await press("Enter");
  await expect(conditions.getByRole("button", { name: "did", exact: true })).toBeFocused();
  for (const _ of ["event", "count", "window"]) await press("Tab");
  await expect(conditions.getByRole("button", { name: "ever" })).toBeFocused();
  await press("Enter");
  await page.getByLabel("Comparison").selectOption("more than … ago");
  await page.getByLabel("Time amount").focus();
  await page.keyboard.type("2");
  await press("Enter");
  await expect(conditions.getByRole("button", { name: "more than 2 days ago" })).toBeFocused();

  await press("/");
  await page.keyboard.type("activation mile");
  await press("Enter");
  await press("Enter");
  await page.keyboard.type("not");
  await press("Enter");
  await expect(conditions.getByRole("button", { name: "did not" })).toBeFocused();

  await press("/");
  await page.keyboard.type("plan");
  await press("Enter");
  await expect(page.getByRole("dialog", { name: "Choose the value of plan" })).toBeVisible();
  await page.keyboard.type("trial");
  await press("Enter");
  await expect(conditions.getByRole("button", { name: "trial" })).toBeFocused();
  await expect(panel).toContainText(`${count(expected.count)}people`);
  await expect(conditions.getByRole("listitem")).toHaveCount(3);
  await expect(conditions.getByRole("listitem").last()).toContainText(`Left ${count(expected.count)}`);

  await press("Control+z");
  await expect(conditions.getByRole("button", { name: "choose a value" })).toBeVisible();
  await expect(conditions).toContainText("Not finished, so it is ignored for now.");
  await press("Control+Shift+z");
  await expect(panel).toContainText(`${count(expected.count)}people`);

  await page.reload();
  await expect(conditions.getByRole("listitem")).toHaveCount(3);
  await expect(panel).toContainText(`${count(expected.count)}people`);
  await expectAccessible(page);

  await press("Control+s");
  await expect(page.getByLabel("Name of the audience")).toBeFocused();
  await page.keyboard.type("Stuck by keyboard");
  await press("Control+s");
  await expect(page).toHaveURL(/\/audiences\/(?!new)[^/]+$/);
  await expect(page.getByRole("heading", { level: 1, name: /Stuck by keyboard/ })).toBeVisible();

  const { items } = listAudiences.answer.parse(await (await api.get("/api/audiences")).json());
  const saved = items.find(({ name }) => name === "Stuck by keyboard");
  expect(saved?.definition).toEqual(stuckBeforeActivation);
  expect(saved?.count).toBe(expected.count);
  await page.goto("/audiences/new");
  await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled();
  await expect(conditions.getByRole("list", { name: "All of these" }).getByRole("listitem")).toHaveCount(0);
});

test("a starter is filled with the workspace's own names", async ({ page }) => {
  await page.goto("/audiences/new?starter=stuck");
  const conditions = page.getByRole("region", { name: "Conditions" });
  for (const word of ["Account Created", "more than 2 days ago", "did not", "Activation Milestone Reached", "trial"]) {
    await expect(conditions.getByRole("button", { name: word, exact: true })).toBeVisible();
  }
  await expect(page.getByLabel("Name of the audience")).toHaveValue("Stuck before activation");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByRole("region", { name: "Start from" })).toBeVisible();
});

test("rows are moved, copied, grouped and deleted by keys, and every step is undone", async ({ page }) => {
  await page.goto("/audiences/new?starter=stuck");
  const conditions = page.getByRole("region", { name: "Conditions" });
  const rows = conditions.getByRole("list", { name: "All of these" }).getByRole("listitem");
  await expect(rows).toHaveCount(3);
  await conditions.getByRole("button", { name: "plan", exact: true }).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(rows.nth(1)).toContainText("plan");
  await expect(conditions.getByRole("button", { name: "plan", exact: true })).toBeFocused();
  await page.keyboard.press("Control+d");
  await expect(rows).toHaveCount(4);
  await page.keyboard.press("Backspace");
  await expect(rows).toHaveCount(3);

  await page.getByRole("button", { name: "Add “any of” group" }).click();
  await page.keyboard.type("pricing");
  await page.keyboard.press("Enter");
  await expect(conditions.getByRole("button", { name: "any of", exact: true })).toBeVisible();
  await conditions.getByRole("button", { name: "did not", exact: true }).focus();
  await page.keyboard.press("Alt+ArrowRight");
  await expect(conditions.getByRole("list", { name: "any of" }).getByRole("listitem")).toHaveCount(2);
  await expect(conditions.getByRole("button", { name: "did not", exact: true })).toBeFocused();

  const undo = page.getByRole("button", { name: "Undo" });
  while (await undo.isEnabled()) await undo.click();
  await expect(rows).toHaveCount(0);
});

test("what is wrong stands at the row with a fix", async ({ page }) => {
  await page.goto("/audiences/new");
  const conditions = page.getByRole("region", { name: "Conditions" });
  await page.getByRole("button", { name: "Add condition" }).click();
  await page.keyboard.type("Acount Created");
  await page.keyboard.press("Enter");
  await expect(conditions).toContainText("No event of the name “Acount Created” has been seen.");
  await conditions.getByRole("button", { name: "Use Account Created" }).click();
  await expect(conditions.getByRole("button", { name: "Account Created", exact: true })).toBeVisible();
  await expect(conditions).not.toContainText("No event of the name");

  await conditions.getByRole("button", { name: "at least 1 time" }).click();
  await page.getByLabel("Number of times").fill("999");
  await page.keyboard.press("Enter");
  await expect(conditions).toContainText(/This row empties the set: [\d,]+ before it, 0 after\./);
  await page.getByRole("button", { name: "Discard" }).click();
});

test("an edit shows who would enter and leave before it is saved", async ({ page, api }) => {
  const made = await api.post("/api/audiences", { data: { name: "To be edited", definition: stuckBeforeActivation } });
  const { id } = (await made.json()) satisfies { id: string };
  await page.goto(`/audiences/${id}/edit`);
  const conditions = page.getByRole("region", { name: "Conditions" });
  await expect(conditions.getByRole("listitem")).toHaveCount(3);
  const bar = page.getByRole("region", { name: "Save" });
  await expect(bar).toHaveCount(0);

  await conditions.getByRole("button", { name: "trial", exact: true }).focus();
  await page.keyboard.press("Tab");
  await conditions.getByRole("button", { name: "plan", exact: true }).focus();
  await page.keyboard.press("Backspace");
  await expect(conditions.getByRole("listitem")).toHaveCount(2);
  const answer = await api.post("/api/audiences/preview", {
    data: {
      definition: {
        version: 1,
        root: {
          kind: "all",
          conditions: [
            ...(stuckBeforeActivation.root.kind === "all" ? stuckBeforeActivation.root.conditions.slice(0, 2) : []),
            { kind: "audience", audienceId: id, member: false },
          ],
        },
      },
    },
  });
  const { count: entering } = previewAudience.answer.parse(await answer.json());
  expect(entering).toBeGreaterThan(0);
  await expect(bar).toContainText(`+${count(entering)} enter`);
  await expect(bar).toContainText("0 leave");
  await bar.getByRole("button", { name: "Save version 2" }).click();
  await expect(page).toHaveURL(new RegExp(`/audiences/${id}$`));
  await expect(page.getByText("Version 2", { exact: true })).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test("a word opens a sheet, and the count stays on top", async ({ page }) => {
    await page.goto("/audiences/new?starter=stuck");
    await page.getByRole("button", { name: "Account Created", exact: true }).click();
    const sheet = page.getByRole("dialog", { name: "Choose an event" });
    await expect(sheet).toBeVisible();
    const box = await sheet.boundingBox();
    expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(844);
    expect(box?.width).toBe(390);
    await expectAccessible(page);
    await page.getByRole("option", { name: /Team Member Invited/ }).click();
    await expect(page.getByRole("button", { name: "Team Member Invited" })).toBeVisible();
    await page.getByRole("button", { name: "Discard" }).click();
  });
});
