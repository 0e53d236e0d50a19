import type { Page, Route } from "@playwright/test";
import { expect, test } from "./foothold";

test.use({ workspace: "builder" });

/** Holds previews back from now on; each is let through, or answered, by the test. */
async function holdPreviews(page: Page): Promise<{ next: () => Promise<Route>; stop: () => Promise<void> }> {
  const held: Route[] = [];
  const pattern = "**/api/audiences/preview";
  await page.route(pattern, (route) => {
    held.push(route);
  });
  return {
    async next() {
      await expect.poll(() => held.length).toBeGreaterThan(0);
      const route = held.pop();
      if (!route) throw new Error("No preview was held back.");
      held.length = 0;
      return route;
    },
    stop: () => page.unroute(pattern),
  };
}

test("a slow count keeps the old figure, shows that it works, and is really cancelled", async ({ page }) => {
  await page.goto("/audiences/new?starter=stuck");
  const panel = page.getByRole("complementary", { name: "Who is in it" });
  await expect(panel).toContainText("exact");
  const before = await panel.locator("b").first().textContent();
  const { next, stop } = await holdPreviews(page);
  const aborted = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/api/audiences/preview"));

  await page.getByRole("button", { name: "plan", exact: true }).focus();
  await page.keyboard.press("Backspace");
  await next();
  const progress = panel.getByRole("progressbar", { name: "Counting" });
  await expect(progress).toBeVisible();
  await expect(panel.locator("b").first()).toHaveText(before ?? "");
  await expect(panel.locator("b").first()).toHaveClass(/stale/);

  await panel.getByRole("button", { name: "Cancel" }).click();
  expect((await aborted).failure()?.errorText).toBe("net::ERR_ABORTED");
  await expect(progress).toHaveCount(0);
  await expect(panel).toContainText("Counting was cancelled.");
  await expect(panel.locator("b").first()).toHaveText(before ?? "");

  await stop();
  await panel.getByRole("button", { name: "Count again" }).click();
  await expect(panel).toContainText("exact");
  await expect(panel.locator("b").first()).not.toHaveText(before ?? "");
  await page.getByRole("button", { name: "Discard" }).click();
});

test("a count that fails keeps the last one with its age, and a way to try again", async ({ page }) => {
  await page.goto("/audiences/new?starter=stuck");
  const panel = page.getByRole("complementary", { name: "Who is in it" });
  await expect(panel).toContainText("exact");
  const before = await panel.locator("b").first().textContent();
  const { next, stop } = await holdPreviews(page);
  await page.getByRole("button", { name: "plan", exact: true }).focus();
  await page.keyboard.press("Backspace");
  const error = { code: "internal", message: "The count could not be made." };
  await (await next()).fulfill({ status: 500, json: { error } });
  await expect(panel.getByRole("alert")).toContainText(/old · The count could not be made\./);
  await expect(panel.locator("b").first()).toHaveText(before ?? "");
  await stop();
  await panel.getByRole("button", { name: "Retry" }).click();
  await expect(panel).toContainText("exact");
  await expect(panel.locator("b").first()).not.toHaveText(before ?? "");
  await page.getByRole("button", { name: "Discard" }).click();
});
