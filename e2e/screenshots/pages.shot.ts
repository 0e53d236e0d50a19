import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { createAudience, previewAudience } from "../../core/api/audiences";
import { createFunnel } from "../../core/api/funnels";
import { answered } from "../answered";
import { test } from "../foothold";
import { activationFunnel, stuckBeforeActivation } from "../sample";

async function picture(page: Page, name: string): Promise<void> {
  await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join("docs/screenshots", `${name}.png`), animations: "disabled" });
}

test("pictures for the documentation", async ({ page, api }) => {
  const audience = await answered(
    createAudience.answer,
    api.post("/api/audiences", { data: { name: "Stuck before activation", definition: stuckBeforeActivation } }),
  );
  const funnel = await answered(
    createFunnel.answer,
    api.post("/api/funnels", { data: { name: "From account to activation", funnel: activationFunnel } }),
  );
  const preview = await answered(
    previewAudience.answer,
    api.post("/api/audiences/preview", { data: { definition: stuckBeforeActivation, limit: 1 } }),
  );
  const pages = {
    home: "/",
    builder: `/audiences/${audience.id}/edit`,
    audience: `/audiences/${audience.id}`,
    funnel: `/funnels/${funnel.id}`,
    profile: `/profiles/${preview.people[0]?.id}`,
  };

  for (const [name, address] of Object.entries(pages)) {
    await page.goto(address);
    await picture(page, name);
  }
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(pages.builder);
  await picture(page, "builder-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(pages.builder);
  await picture(page, "builder-phone");
});
