import { updateWorkspace } from "../core/api/workspace";
import { answered } from "./answered";
import { expect, test } from "./foothold";

test.use({ workspace: "settings", sample: false });

test("an API token is shown once, works, and stops working when it is revoked", async ({
  page,
  playwright,
  foothold,
}) => {
  await page.goto("/settings");
  const tokens = page.getByRole("region", { name: "API tokens" });
  await tokens.getByRole("button", { name: "Make a token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Nightly export");
  await dialog.getByRole("button", { name: "Make token" }).click();
  await expect(dialog.getByRole("heading", { name: "Nightly export is made" })).toBeVisible();
  const token = (await dialog.getByRole("code").textContent()) ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();

  const script = await playwright.request.newContext({
    baseURL: foothold.origin,
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  });
  expect((await script.get("/api/workspace")).status()).toBe(200);

  await expect(tokens.getByRole("row").filter({ hasText: "Nightly export" })).toBeVisible();
  await expect(page.getByText(token)).toHaveCount(0);
  await tokens.getByRole("button", { name: "Revoke Nightly export" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke token" }).click();
  await expect(tokens.getByRole("row").filter({ hasText: "Nightly export" })).toHaveCount(0);
  expect((await script.get("/api/workspace")).status()).toBe(401);
  await script.dispose();
});

test("the workspace's name and zone are kept", async ({ page, api }) => {
  await page.goto("/settings");
  const workspace = page.getByRole("region", { name: "Workspace" });
  await workspace.getByLabel("Name").fill("Project Planet");
  await workspace.getByRole("button", { name: /^Time zone/ }).click();
  await page.getByRole("combobox", { name: "Search by city or region" }).fill("Tokyo");
  await page.getByRole("option", { name: /Tokyo/ }).click();
  await expect(workspace.getByRole("button", { name: /^Time zone/ })).toContainText("Asia/Tokyo");
  await workspace.getByRole("button", { name: "Save workspace" }).click();
  await expect(page.getByRole("navigation", { name: "Main" })).toContainText("Asia/Tokyo");
  const kept = await answered(updateWorkspace.answer, api.get("/api/workspace"));
  expect(kept).toMatchObject({ name: "Project Planet", timeZone: "Asia/Tokyo" });
});

test("the chosen theme outlives a reload, whatever the system says", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/settings");
  const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
  const light = await ink();
  await page.getByRole("radio", { name: "Dark" }).click();
  await expect.poll(ink).not.toBe(light);
  const dark = await ink();
  await page.reload();
  expect(await ink()).toBe(dark);
});
