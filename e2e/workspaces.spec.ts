import { createSource, getSource } from "../core/api/sources";
import { getWorkspace } from "../core/api/workspace";
import { expectAccessible } from "./accessible";
import { answered } from "./answered";
import { expect, test } from "./foothold";

test.use({ workspace: "several", sample: false });

test("a second workspace is made, marked, gone to by a link, and removed with everything in it", async ({
  page,
  api,
}) => {
  await answered(createSource.answer, api.post("/api/sources", { data: { name: "Live site" } }));
  await page.goto("/");
  await page.getByRole("button", { name: /^Workspace:/ }).click();
  await page.getByRole("menuitem", { name: "New workspace" }).click();
  const dialog = page.getByRole("dialog", { name: "New workspace" });
  await dialog.getByLabel("Name").fill("Rehearsal");
  await dialog.getByRole("button", { name: "Make workspace" }).click();
  await expect(page.getByRole("button", { name: "Workspace: Rehearsal" })).toBeVisible();
  await expect(page.getByRole("banner").getByText("Staging")).toBeVisible();

  // Links within the product stay in it, and the address of each page can be handed on.
  await page.getByRole("link", { name: "Sources" }).first().click();
  await expect(page).toHaveURL(/\/sources\?workspace=/);
  await expect(page.getByText("No source yet")).toBeVisible();
  await expectAccessible(page);
  const rehearsal = page.url();
  await page.getByRole("button", { name: /^Workspace:/ }).click();
  await page.getByRole("menuitem", { name: /My workspace/ }).click();
  await expect(page.getByRole("button", { name: "Workspace: My workspace" })).toBeVisible();
  await page.getByRole("link", { name: "Sources" }).first().click();
  await expect(page.getByRole("link", { name: "Live site" })).toBeVisible();
  await expect(page.getByRole("banner").getByText("Staging")).toHaveCount(0);
  await page.goto(rehearsal);
  await expect(page.getByText("No source yet")).toBeVisible();

  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Delete this workspace" }).click();
  const removal = page.getByRole("dialog", { name: "Delete Rehearsal?" });
  await expect(removal.getByRole("button", { name: "Delete workspace" })).toBeDisabled();
  await removal.getByLabel("Type Rehearsal to confirm").fill("Rehearsal");
  await removal.getByRole("button", { name: "Delete workspace" }).click();
  await expect(page.getByRole("button", { name: "Workspace: My workspace" })).toBeVisible();
  expect((await answered(getWorkspace.answer, api.get("/api/workspace"))).name).toBe("My workspace");
});

test("a source is switched off and on, its key replaced, and its schema read", async ({ page, api, foothold }) => {
  const { id, writeKey } = await answered(createSource.answer, api.post("/api/sources", { data: { name: "App" } }));
  const send = (key: string, event: string) =>
    api.post(`${foothold.origin}/v1/track`, {
      headers: { authorization: `Basic ${btoa(`${key}:`)}` },
      data: { userId: "u", event, properties: { plan: "trial" } },
    });
  expect((await send(writeKey, "Opened")).status()).toBe(200);
  await page.goto(`/sources/${id}`);
  await page.getByRole("button", { name: "Replace the key" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make a new key" }).click();
  const keys = page.getByRole("region", { name: "Write key" });
  await expect(keys.getByText("works until")).toBeVisible();
  expect((await send(writeKey, "Opened")).status()).toBe(200);
  await keys.getByRole("button", { name: "Revoke" }).click();
  await expect(keys.getByText("works until")).toHaveCount(0);
  expect((await send(writeKey, "Opened")).status()).toBe(401);

  await page.getByRole("tab", { name: "Schema" }).click();
  await page.getByRole("button", { name: /Opened/ }).click();
  await expect(page.getByRole("row", { name: /plan/ })).toContainText("trial");
  await expectAccessible(page);

  await page.getByRole("tab", { name: "Settings" }).click();
  await expectAccessible(page);
  await page.getByLabel("Take messages from this source").click();
  await expect(page.getByRole("status").filter({ hasText: "This source is switched off" })).toBeVisible();
  const { writeKey: newest } = await answered(getSource.answer, api.get(`/api/sources/${id}`));
  expect((await send(newest, "Opened")).status()).toBe(403);
});
