import type { Locator, Page, Request, Route } from "@playwright/test";
import { expect, test } from "./foothold";

test.use({ workspace: "builder" });

interface Held {
  next: () => Promise<Route>;
  stop: () => Promise<void>;
}

/** Holds exact previews back from now on; each is let through, or answered, by the test. Estimates fail, unless they are let through. */
async function holdPreviews(page: Page, estimates: "fail" | "pass" = "fail"): Promise<Held> {
  const held: Route[] = [];
  const pattern = "**/api/audiences/preview";
  await page.route(pattern, async (route) => {
    if (!/"sample"/.test(route.request().postData() ?? "")) held.push(route);
    else await (estimates === "pass" ? route.continue() : route.abort());
  });
  return {
    async next() {
      await expect.poll(() => held.length).toBeGreaterThan(0);
      const route = held.pop();
      if (!route) throw new Error("No preview was held back.");
      return route;
    },
    stop: () => page.unroute(pattern),
  };
}

function isExactPreview(request: Request): boolean {
  return request.url().endsWith("/api/audiences/preview") && !/"sample"/.test(request.postData() ?? "");
}

/** A draft of three rows, counted. */
async function openStuck(page: Page): Promise<{ panel: Locator; figure: Locator; before: string }> {
  await page.goto("/audiences/new?starter=stuck");
  const rows = page.getByRole("list", { name: "All of these" }).getByRole("listitem");
  await expect(rows).toHaveCount(3);
  await expect(rows.last()).toContainText(/Left [\d,]+/);
  const panel = page.getByRole("complementary", { name: "Who is in it" });
  await expect(panel).toContainText("exact");
  const figure = panel.locator("b").first();
  return { panel, figure, before: (await figure.textContent()) ?? "" };
}

test("a slow count keeps the old figure, shows that it works, and is really cancelled", async ({ page }) => {
  const { panel, figure, before } = await openStuck(page);
  const { next, stop } = await holdPreviews(page);
  const aborted = page.waitForEvent("requestfailed", isExactPreview);

  await page.getByRole("button", { name: "plan", exact: true }).focus();
  await page.keyboard.press("Backspace");
  await next();
  const progress = panel.getByRole("progressbar", { name: "Counting" });
  await expect(progress).toBeVisible();
  await expect(figure).toHaveText(before);
  await expect(figure).toHaveClass(/stale/);

  await panel.getByRole("button", { name: "Cancel" }).click();
  expect((await aborted).failure()?.errorText).toBe("net::ERR_ABORTED");
  await expect(progress).toHaveCount(0);
  await expect(panel).toContainText("Counting was cancelled.");
  await expect(figure).toHaveText(before);

  await stop();
  await panel.getByRole("button", { name: "Count again" }).click();
  await expect(panel).toContainText("exact");
  await expect(figure).not.toHaveText(before);
  await page.getByRole("button", { name: "Discard" }).click();
});

test("a count that fails keeps the last one with its age, and a way to try again", async ({ page }) => {
  const { panel, figure, before } = await openStuck(page);
  const { next, stop } = await holdPreviews(page);
  await page.getByRole("button", { name: "plan", exact: true }).focus();
  await page.keyboard.press("Backspace");
  const error = { code: "internal", message: "The count could not be made." };
  await (await next()).fulfill({ status: 500, json: { error } });
  await expect(panel.getByRole("alert")).toContainText(/old · The count could not be made\./);
  await expect(figure).toHaveText(before);
  await stop();
  await panel.getByRole("button", { name: "Retry" }).click();
  await expect(panel).toContainText("exact");
  await expect(figure).not.toHaveText(before);
  await page.getByRole("button", { name: "Discard" }).click();
});

test("a slow count shows an estimate, marked as one, until the exact figure is there", async ({ page }) => {
  const { panel, figure, before } = await openStuck(page);
  const { next } = await holdPreviews(page, "pass");
  await page.getByRole("button", { name: "plan", exact: true }).focus();
  await page.keyboard.press("Backspace");
  await expect(figure).toHaveText(/^about [\d,]+$/);
  await expect(figure).not.toHaveClass(/stale/);
  await expect(panel).toContainText("estimated from one person in 16 · exact figure on its way");
  await (await next()).continue();
  await expect(panel).toContainText(/as of .* · exact/);
  await expect(figure).toHaveText(/^[\d,]+$/);
  await expect(figure).not.toHaveText(before);
  await page.getByRole("button", { name: "Discard" }).click();
});
