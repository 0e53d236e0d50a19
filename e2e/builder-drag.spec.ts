import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./foothold";

test.use({ workspace: "builder" });

function rowsOf(page: Page): Locator {
  return page.getByRole("region", { name: "Conditions" }).locator("[data-row]");
}

/** Drags a row by its grip to a height of another one: 0 is its top, 1 its bottom. */
async function drag(page: Page, from: number, to: number, height: number): Promise<void> {
  const rows = rowsOf(page);
  await rows.nth(from).hover();
  await rows
    .nth(from)
    .getByRole("button", { name: /^Move, copy or delete/ })
    .hover();
  await page.mouse.down();
  const target = await rows.nth(to).boundingBox();
  if (!target) throw new Error("The row is on the page.");
  await page.mouse.move(target.x + 200, target.y + target.height * height, { steps: 8 });
  await expect(page.locator("[data-landing]")).toBeVisible();
  await page.mouse.up();
}

test("rows are dragged by their grips, into groups and onto one another, and it is undone", async ({ page }) => {
  await page.goto("/audiences/new?starter=stuck");
  const rows = rowsOf(page);
  await expect(page.getByRole("complementary", { name: "Who is in it" })).toContainText("exact");
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(2)).toContainText("plan");

  await drag(page, 2, 0, 0.1);
  await expect(rows.nth(0)).toContainText("plan");
  await page.keyboard.press("Control+z");
  await expect(rows.nth(2)).toContainText("plan");

  await drag(page, 2, 1, 0.5);
  const group = page.getByRole("list", { name: "any of" });
  await expect(group.getByRole("listitem")).toHaveCount(2);
  await expect(group.getByRole("listitem").last()).toContainText("plan");
  await drag(page, 0, 3, 0.1);
  await expect(group.getByRole("listitem")).toHaveCount(3);
  await expect(group.getByRole("listitem").nth(1)).toContainText("Account Created");

  const undo = page.getByRole("button", { name: "Undo" });
  await undo.click();
  await undo.click();
  await expect(group).toHaveCount(0);
  await expect(rows.nth(0)).toContainText("Account Created");
});

test("a drag that is given up leaves the row, and a press of the grip opens its menu", async ({ page }) => {
  await page.goto("/audiences/new?starter=stuck");
  const rows = rowsOf(page);
  await expect(page.getByRole("complementary", { name: "Who is in it" })).toContainText("exact");
  const grip = rows.nth(2).getByRole("button", { name: /^Move, copy or delete/ });
  await rows.nth(2).hover();
  await grip.hover();
  await page.mouse.down();
  await page.mouse.move(400, 120, { steps: 5 });
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(page.locator("[data-landing]")).toHaveCount(0);
  await expect(rows.nth(2)).toContainText("plan");

  await grip.click();
  await page.getByRole("menuitem", { name: "Up", exact: true }).click();
  await expect(rows.nth(1)).toContainText("plan");
});
