import path from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import { listAudiences, listMembers } from "../../core/api/audiences";
import { listFunnels } from "../../core/api/funnels";
import { answered } from "../answered";
import { test } from "../foothold";

interface Picture {
  address: string;
  /** Seen once the page has everything that belongs on the picture. */
  complete: (page: Page) => Locator;
}

async function take(page: Page, name: string, { address, complete }: Picture): Promise<void> {
  await page.goto(address);
  await expect(complete(page)).toBeVisible();
  await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join("docs/screenshots", `${name}.png`), animations: "disabled" });
}

test("pictures for the documentation, of what the sample brings", async ({ page, api }) => {
  const [audience] = (await answered(listAudiences.answer, api.get("/api/audiences"))).items;
  const [funnel] = (await answered(listFunnels.answer, api.get("/api/funnels"))).items;
  const members = `/api/audiences/${audience?.id}/members?limit=1`;
  const [person] = (await answered(listMembers.answer, api.get(members))).items;
  const everyone = (of: Page) => of.getByRole("button", { name: /^All [\d,]+ people$/ });
  const pictures = {
    home: { address: "/", complete: (of) => of.getByRole("button", { name: "Make audience" }) },
    builder: { address: `/audiences/${audience?.id}/edit`, complete: everyone },
    audience: { address: `/audiences/${audience?.id}`, complete: (of) => of.getByRole("row").nth(5) },
    funnel: { address: `/funnels/${funnel?.id}`, complete: (of) => of.getByRole("table") },
    profile: {
      address: `/profiles/${person?.id}`,
      complete: (of) => of.getByRole("main").getByText("Account Created").first(),
    },
  } satisfies Record<string, Picture>;

  for (const [name, picture] of Object.entries(pictures)) await take(page, name, picture);
  await page.emulateMedia({ colorScheme: "dark" });
  await take(page, "builder-dark", pictures.builder);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  await take(page, "builder-phone", pictures.builder);
});
