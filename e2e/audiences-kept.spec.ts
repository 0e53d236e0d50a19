import type { APIRequestContext, Page } from "@playwright/test";
import { compareDefinitions } from "../core/api/audience-insight";
import { createAudience, getAudience, updateAudience } from "../core/api/audiences";
import type { AudienceDefinition, AudienceTree } from "../core/audience/definition";
import { expectAccessible, expectPageAccessible } from "./accessible";
import { answered } from "./answered";
import { expect, test } from "./foothold";
import { stuckBeforeActivation } from "./sample";

test.use({ workspace: "audiences kept" });

const trial: AudienceTree = { kind: "trait", trait: "plan", op: "equals", value: "trial" };
const onTrial: AudienceDefinition = { version: 1, root: trial };
const number = new Intl.NumberFormat("en-US");
const signed = (count: number) => (count === 0 ? "0" : `${count > 0 ? "+" : "−"}${number.format(Math.abs(count))}`);

async function save(api: APIRequestContext, name: string, definition: AudienceDefinition, more: object = {}) {
  const data = { name, definition, ...more };
  return (await answered(createAudience.answer, api.post("/api/audiences", { data }))).id;
}

/** An audience whose second version is everybody on trial. */
async function saveTwice(api: APIRequestContext, name: string): Promise<string> {
  const id = await save(api, name, stuckBeforeActivation);
  const data = { definition: onTrial, note: "Everybody on trial" };
  await answered(updateAudience.answer, api.patch(`/api/audiences/${id}`, { data }));
  return id;
}

const versions = (page: Page) => page.getByRole("list", { name: "Versions" }).getByRole("listitem");

test("versions tell who, why and what changed, are compared by words and people, and are restored", async ({
  page,
  api,
}) => {
  const id = await saveTwice(api, "Twice saved");
  const compared = await answered(
    compareDefinitions.answer,
    api.post("/api/audiences/compare", { data: { before: stuckBeforeActivation, after: onTrial, limit: 1 } }),
  );
  await page.goto(`/audiences/${id}`);
  await page.getByRole("tab", { name: "Versions" }).click();
  await expect(page).toHaveURL(/view=versions/);
  const second = versions(page).filter({ has: page.getByRole("heading", { name: "Version 2" }) });
  await expect(second).toContainText("holds now");
  await expect(second).toContainText("Everybody on trial");
  await expect(second).toContainText("the server’s own API token");
  await expect(second.getByRole("list", { name: "What changed" })).toContainText("Activation Milestone Reached");

  await second.getByRole("button", { name: "Compare version 2 with version 1" }).click();
  const comparison = page.getByRole("region", { name: "Comparison" });
  await expect(comparison.getByRole("region", { name: "Version 1" })).toContainText("did not");
  await expect(comparison.getByRole("region", { name: "Version 2" })).toContainText("trial");
  const entering = comparison.getByRole("button", { name: `${signed(compared.entering.count)} enter` });
  await expect(comparison.getByRole("button", { name: `${signed(-compared.leaving.count)} leave` })).toBeVisible();
  await entering.click();
  const people = page.getByRole("dialog", { name: "In version 2 and not in 1" });
  await expect(people.getByText(`${number.format(compared.entering.count)} people`)).toBeVisible();
  const [first] = compared.entering.people;
  await expect(people.getByRole("link", { name: first?.email ?? "", exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await comparison.getByRole("button", { name: "Close the comparison" }).click();

  await page.getByRole("button", { name: "Restore version 1" }).click();
  const third = versions(page).filter({ has: page.getByRole("heading", { name: "Version 3" }) });
  await expect(third).toContainText("version 1 restored");
  await expect(page.getByRole("region", { name: "Definition" })).toContainText("Account Created");
  const live = await answered(getAudience.answer, api.get(`/api/audiences/${id}`));
  expect(live.definition).toEqual(stuckBeforeActivation);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("heading", { name: "Version 4" })).toBeVisible();
  const undone = await answered(getAudience.answer, api.get(`/api/audiences/${id}`));
  expect(undone.definition).toEqual(onTrial);
});

test("before an edit is saved, those who would enter are opened as people", async ({ page, api }) => {
  const id = await save(api, "To be widened", stuckBeforeActivation);
  await page.goto(`/audiences/${id}/edit`);
  await page.getByRole("region", { name: "Conditions" }).getByRole("button", { name: "plan", exact: true }).focus();
  await page.keyboard.press("Backspace");
  const bar = page.getByRole("region", { name: "Save" });
  await bar.getByRole("button", { name: /^\+[\d,]+ enter: show the people$/ }).click();
  const people = page.getByRole("dialog", { name: "Would enter by saving" });
  await expect(people.getByRole("link").first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: "Size over 30 days" }).getByRole("img")).toHaveAccessibleName(
    /^Size over 30 days: from [\d,]+ on .* to [\d,]+ now$/,
  );
  await bar.getByRole("textbox", { name: "Note on this version" }).fill("Every plan can be stuck");
  await bar.getByRole("button", { name: "Save version 2" }).click();
  await expect(page).toHaveURL(new RegExp(`/audiences/${id}$`));
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("tab", { name: "Versions" }).click();
  const version = (name: string) => versions(page).filter({ has: page.getByRole("heading", { name }) });
  await expect(version("Version 3")).toContainText("version 1 restored");
  await expect(version("Version 2")).toContainText("Every plan can be stuck");
});

test("the builder tells its people by trait and by other audiences", async ({ page, api }) => {
  await save(api, "On trial, to overlap", onTrial);
  await page.goto("/audiences/new?starter=stuck");
  const panel = page.getByRole("complementary", { name: "Who is in it" });
  await panel.getByRole("radio", { name: "By trait" }).click();
  await panel.getByRole("combobox", { name: "Trait" }).selectOption("plan");
  const groups = panel.getByRole("list", { name: "People by plan" });
  await expect(groups.getByRole("listitem")).toHaveCount(1);
  await groups.getByRole("button", { name: /^trial: [\d,]+, show the people$/ }).click();
  await expect(page.getByRole("dialog", { name: "plan: trial" }).getByRole("link").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await panel.getByRole("radio", { name: "Overlap" }).click();
  const row = panel.getByRole("row").filter({ hasText: "On trial, to overlap" });
  await expect(row.getByRole("button", { name: /^0 here and not in/ })).toBeVisible();
});

test("tags file audiences, and the list is found by them, by words and in an order", async ({ page, api }) => {
  await save(api, "Tagged early", stuckBeforeActivation, { tags: ["Winter"] });
  const id = await save(api, "Tagged late", onTrial, { description: "Filed under a season" });
  await page.goto(`/audiences/${id}`);
  await page.getByRole("button", { name: "Tags" }).click();
  const editor = page.getByRole("dialog", { name: "Tags of the audience" });
  await editor.getByLabel("Winter").click();
  await editor.getByLabel("New tag").fill("Q4 mails");
  await editor.getByRole("button", { name: "Add" }).click();
  await expect(editor.getByLabel("Q4 mails")).toBeChecked();
  await page.keyboard.press("Escape");
  await page.getByRole("list", { name: "Tags" }).getByRole("link", { name: "Winter" }).click();

  await expect(page).toHaveURL(/\/audiences\?tag=Winter$/);
  const names = page.getByRole("rowheader").getByRole("link", { name: /^Tagged/ });
  await expect(names).toHaveText(["Tagged late", "Tagged early"]);
  await page.getByRole("combobox", { name: "Order" }).selectOption({ label: "By name" });
  await expect(names).toHaveText(["Tagged early", "Tagged late"]);
  await page.getByRole("combobox", { name: "Order" }).selectOption({ label: "Largest first" });
  await expect(names).toHaveText(["Tagged late", "Tagged early"]);
  await page.getByRole("searchbox", { name: "Search audiences" }).fill("season");
  await expect(names).toHaveText(["Tagged late"]);
  await page.getByRole("searchbox", { name: "Search audiences" }).fill("nothing like it");
  await expect(page.getByRole("heading", { name: "No audience has this in its name or tag" })).toBeVisible();
});

test("an audience that another one uses is not archived, and it is said by which", async ({ page, api }) => {
  const used = await save(api, "Counted by another", onTrial);
  const user = { version: 1, root: { kind: "audience", audienceId: used, member: true } } as const;
  await save(api, "Counts another", user);
  await page.goto(`/audiences/${used}`);
  await page.getByRole("button", { name: "Actions for Counted by another" }).click();
  await page.getByRole("menuitem", { name: "Archive" }).click();
  const dialog = page.getByRole("dialog", { name: "Counted by another is in use" });
  await expect(dialog.getByRole("list", { name: "Used by" })).toContainText("Counts another");
  await expectAccessible(page);
  await dialog.getByRole("link", { name: "Counts another" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Counts another" })).toBeVisible();
  await page.goto(`/audiences/${used}?view=usage`);
  await expect(page.getByRole("list", { name: "Used by" })).toContainText("audience, as a condition");
});

test("every view of an audience is accessible", async ({ page, api }) => {
  // Twenty looks of axe at a page.
  test.slow();
  const id = await saveTwice(api, "Seen by axe, twice saved");
  for (const view of ["traits", "overlap", "versions", "versions&before=1&after=2", "usage"]) {
    await expectPageAccessible(page, `/audiences/${id}?view=${view}`);
  }
});
