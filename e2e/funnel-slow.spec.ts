import type { Page, Request } from "@playwright/test";
import { type FunnelPreview, previewFunnel } from "../core/api/funnels";
import { expect, test } from "./foothold";
import { openFunnel, previewAsked, stepRows } from "./funnel-page";
import { activationFunnel } from "./sample";

/** Holds the exact answers back until they are let through; estimates come at once. */
async function holdExact(page: Page) {
  const held: (() => void)[] = [];
  let holding = true;
  await page.route(`**${previewFunnel.path}`, async (route) => {
    const exact = previewAsked(route.request())?.sample === undefined;
    if (exact && holding) await new Promise<void>((resolve) => held.push(resolve));
    await route.continue().catch(() => undefined);
  });
  return {
    release() {
      holding = false;
      for (const resolve of held.splice(0)) resolve();
    },
  };
}

const aborted = (page: Page) =>
  page.waitForEvent(
    "requestfailed",
    (request: Request) => previewAsked(request)?.sample === undefined && isPreview(request),
  );
const isPreview = (request: Request) => previewAsked(request) !== undefined;

test("an estimate comes first, says so, and gives way to the exact figure", async ({ page, api }) => {
  const held = await holdExact(page);
  const estimate = page.waitForResponse((response) => previewAsked(response.request())?.sample === 16);
  await openFunnel(page, api, { name: "Estimated first", funnel: activationFunnel });
  const told: FunnelPreview = previewFunnel.answer.parse(await (await estimate).json());
  expect(told.sample).toEqual({ of: 16 });
  const answer = page.getByRole("region", { name: "Answer" });
  await expect(answer).toContainText("estimate from 1 of 16 people · exact figure on its way");
  await expect(answer).toContainText("of about");
  await expect(stepRows(page)).toHaveCount(3);
  held.release();
  await expect(answer).toContainText("· exact");
  await expect(answer).not.toContainText("estimate");
});

test("slow counting can be cancelled, which really aborts, and begun again", async ({ page, api }) => {
  const held = await holdExact(page);
  await openFunnel(page, api, { name: "Slow to count", funnel: activationFunnel });
  await expect(page.getByRole("progressbar", { name: "Counting" })).toBeVisible();
  const stopped = aborted(page);
  await page.getByRole("button", { name: "Cancel" }).click();
  expect((await stopped).failure()?.errorText).toBe("net::ERR_ABORTED");
  await expect(page.getByText("Counting was cancelled.")).toBeVisible();
  held.release();
  await page.getByRole("button", { name: "Count again" }).click();
  await expect(page.getByRole("region", { name: "Answer" })).toContainText("· exact");
});

test("an edit aborts the question before it", async ({ page, api }) => {
  const held = await holdExact(page);
  const asked = page.waitForRequest((request) => isPreview(request));
  await openFunnel(page, api, { name: "Overtaken", funnel: activationFunnel });
  await asked;
  const stopped = aborted(page);
  await page.getByRole("button", { name: "within 14 days", exact: true }).click();
  await page.getByRole("checkbox", { name: "No time limit" }).check();
  await stopped;
  held.release();
  await expect(page.getByRole("region", { name: "Answer" })).toContainText("· exact");
});

test("a failure keeps the last figures, says how old they are, and can be tried again", async ({ page, api }) => {
  await openFunnel(page, api, { name: "Not always there", funnel: activationFunnel });
  await expect(stepRows(page)).toHaveCount(3);
  await page.route(`**${previewFunnel.path}`, (route) =>
    route.fulfill({ status: 503, json: { error: { code: "timed_out", message: "Counting took too long." } } }),
  );
  await page.getByRole("button", { name: "within 14 days", exact: true }).click();
  await page.getByRole("checkbox", { name: "No time limit" }).check();
  await page.keyboard.press("Escape");
  const answer = page.getByRole("region", { name: "Answer" });
  await expect(answer).toContainText(/Shown as of \d\d:\d\d:\d\d\. Counting took too long\./);
  await expect(stepRows(page)).toHaveCount(3);
  await page.unroute(`**${previewFunnel.path}`);
  await answer.getByRole("button", { name: "Retry" }).click();
  await expect(answer).not.toContainText("Counting took too long");
  await expect(answer).toContainText("· exact");
});
