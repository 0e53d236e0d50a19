import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { createAudience, getAudience, previewAudience } from "../core/api/audiences";
import { answered } from "./answered";
import { expect, test } from "./foothold";
import { stuckBeforeActivation } from "./sample";

test("an audience's page, its preview, its members and its CSV agree", async ({ page, api }) => {
  const data = { name: "Stuck, to be exported", definition: stuckBeforeActivation };
  const { id } = await answered(createAudience.answer, api.post("/api/audiences", { data }));
  const { count, candidates } = await answered(getAudience.answer, api.get(`/api/audiences/${id}`));
  expect(count).toBeGreaterThan(20);
  expect(count).toBeLessThan(candidates);

  await page.goto("/audiences");
  await page.getByRole("link", { name: data.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: data.name })).toBeVisible();

  const shown = new Intl.NumberFormat("en-GB").format(count);
  await page.getByRole("button", { name: `Export ${shown} people` }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  const [header, ...rows] = parse(await readFile(await file.path()));
  expect(header).toContain("userId");
  expect(rows).toHaveLength(count);

  const preview = await answered(
    previewAudience.answer,
    api.post("/api/audiences/preview", { data: { definition: stuckBeforeActivation, limit: 100_000 } }),
  );
  const column = header?.indexOf("userId") ?? -1;
  expect(new Set(rows.map((row) => row[column]))).toEqual(new Set(preview.people.map(({ userId }) => userId)));
});

test("the first audience of a newcomer: a starter, a name, and it is saved with the count that was shown", async ({
  page,
  api,
}) => {
  const expected = await answered(
    previewAudience.answer,
    api.post("/api/audiences/preview", { data: { definition: stuckBeforeActivation } }),
  );
  const shown = `${new Intl.NumberFormat("en-GB").format(expected.count)} people`;
  await page.goto("/");
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: /^Audiences/ })
    .click();
  await page.getByRole("link", { name: "New audience" }).click();
  await page
    .getByRole("region", { name: "Start from" })
    .getByRole("button", { name: /^Stuck before activation/ })
    .click();
  await expect(page.getByRole("button", { name: `All ${shown}` })).toBeVisible();
  await page.getByLabel("Name of the audience").fill("My first");
  await page.getByRole("button", { name: /^Save audience/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "My first" })).toBeVisible();
  await expect(page.getByRole("button", { name: `Export ${shown}` })).toBeVisible();
});

test("renamed, archived and brought back", async ({ page, api }) => {
  const data = { name: "To be renamed", definition: stuckBeforeActivation };
  const { id } = await answered(createAudience.answer, api.post("/api/audiences", { data }));
  await page.goto("/audiences");
  const row = (name: string) => page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
  const choose = async (name: string, action: string) => {
    await page.getByRole("button", { name: `Actions for ${name}` }).click();
    await page.getByRole("menuitem", { name: action }).click();
  };

  await choose("To be renamed", "Rename");
  await page.getByRole("dialog").getByLabel("Name").fill("Renamed here");
  await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
  await expect(row("Renamed here")).toBeVisible();

  await choose("Renamed here", "Archive");
  await expect(row("Renamed here")).toHaveCount(0);
  await page
    .getByRole("radio", { name: "Archived" })
    .or(page.getByRole("tab", { name: "Archived" }))
    .click();
  await expect(row("Renamed here")).toBeVisible();
  await choose("Renamed here", "Bring back");
  await expect(row("Renamed here")).toHaveCount(0);
  const live = await answered(getAudience.answer, api.get(`/api/audiences/${id}`));
  expect(live).toMatchObject({ name: "Renamed here", archivedAt: null });
});

test("a member leads to the person's page with traits and timeline", async ({ page, api }) => {
  const data = { name: "To be walked through", definition: stuckBeforeActivation };
  const { id } = await answered(createAudience.answer, api.post("/api/audiences", { data }));
  await page.goto(`/audiences/${id}`);
  const first = page.getByRole("region", { name: "Members" }).getByRole("link").first();
  await first.click();
  await expect(page).toHaveURL(/\/profiles\/[^/]+$/);
  await expect(page.getByRole("main").getByText("plan", { exact: true })).toBeVisible();
  await expect(page.getByRole("main").getByText("Account Created").first()).toBeVisible();
});
