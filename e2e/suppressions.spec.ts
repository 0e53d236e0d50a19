import { expectAccessible } from "./accessible";
import { expect, test } from "./foothold";

test.use({ workspace: "suppressions", sample: false });

test("an id is kept out before it comes, and let come back by typing it in", async ({ page }) => {
  await page.goto("/settings");
  const section = page.getByRole("region", { name: "Ids kept out" });
  await expect(section.getByText("No id is kept out.")).toBeVisible();
  await section.getByRole("button", { name: "Keep an id out…" }).click();
  await page.getByLabel("Id", { exact: true }).fill("never-1");
  await expectAccessible(page, "[role=dialog]");
  await page.getByRole("button", { name: "Keep it out" }).click();
  await expect(section.getByRole("row").nth(1)).toContainText("User idsuppressedAda Lovelace");
  await expect(section).not.toContainText("never-1");
  await expectAccessible(page);

  await section.getByRole("button", { name: "Let one come back…" }).click();
  await page.getByLabel("Id", { exact: true }).fill("never-2");
  await page.getByRole("button", { name: "Let it come back" }).click();
  await expect(page.getByText("This identifier is not suppressed.")).toBeVisible();
  await page.getByLabel("Id", { exact: true }).fill("never-1");
  await page.getByRole("button", { name: "Let it come back" }).click();
  await expect(section.getByText("No id is kept out.")).toBeVisible();
});
