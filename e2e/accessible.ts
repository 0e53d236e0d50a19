import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const widths = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];
/** Every page that can be opened without naming anything. */
export const listPages = [
  "/",
  "/audiences",
  "/audiences/new",
  "/funnels",
  "/funnels/new",
  "/profiles",
  "/accounts",
  "/profiles/duplicates",
  "/destinations",
  "/destinations/new",
  "/alerts",
  "/sources",
  "/debugger",
  "/tracking-plan",
  "/imports",
  "/settings",
];
const themes = ["light", "dark"] as const;

/**
 * The page as it stands, or a part of it where the rest was looked at, has nothing that axe finds, and nothing that makes it
 * scroll sideways.
 */
export async function expectAccessible(page: Page, part = ":root"): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`),
  }));
  expect(found, `axe at ${page.url()}`).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `sideways scroll at ${page.url()}`).toBe(0);
}

/** A page opened anew is accessible wide and narrow, in both themes, once its lists have come. */
export async function expectPageAccessible(page: Page, path: string, status = 200): Promise<void> {
  for (const viewport of widths) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: "light" });
    expect((await page.goto(path))?.status()).toBe(status);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
  }
}
