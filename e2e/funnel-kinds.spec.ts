import { createAudience } from "../core/api/audiences";
import { getFunnel } from "../core/api/funnels";
import type { FunnelDefinition } from "../core/funnel/definition";
import { answered } from "./answered";
import { expect, test } from "./foothold";
import { choose, counted, openFunnel, stepRows, word } from "./funnel-page";
import { activationFunnel, stuckBeforeActivation } from "./sample";

const [first = {}, second = {}, third = {}] = activationFunnel.steps;

test("order, entry, skipped steps and what must not happen are words, by the keyboard", async ({ page, api }) => {
  const id = await openFunnel(page, api, { name: "Of every kind", funnel: activationFunnel });
  await expect(stepRows(page)).toHaveCount(3);
  const strict = { ...activationFunnel, order: "strict" as const };
  await counted(page, { funnel: strict }, async () => {
    await word(page, "in this order").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(word(page, "directly after one another")).toBeFocused();
  });
  const anyOrder = { ...activationFunnel, order: "unordered" as const };
  const told = await counted(page, { funnel: anyOrder }, async () => {
    await choose(page, "directly after one another", "any");
  });
  expect(told.steps.map(({ label }) => label)).toEqual(["Any 1 of 3", "Any 2 of 3", "All 3"]);
  const firstOnly = { ...anyOrder, entry: "first" as const };
  await counted(page, { funnel: firstOnly }, async () => {
    await choose(page, "every start", "first");
    await expect(word(page, "the first start only")).toBeFocused();
  });
  // Undoing is of the whole draft, wherever the focus is.
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(word(page, "directly after one another")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(word(page, "in this order")).toBeVisible();

  const skipped: FunnelDefinition = { ...activationFunnel, steps: [first, { ...second, optional: true }, third] };
  await counted(page, { funnel: skipped }, async () => {
    await word(page, "3 steps").click();
    await stepList(page).nth(1).getByRole("button", { name: "Let people skip this step" }).focus();
    await page.keyboard.press("Enter");
    await expect(word(page, "or without it")).toBeFocused();
  });
  await expect(stepRows(page).nth(1)).toContainText("or without it");
  const without: FunnelDefinition = { ...skipped, exclude: [{ event: "Subscription Started" }] };
  await counted(page, { funnel: without }, () => choose(page, "+ but not", "Subscription"));
  const bounded: FunnelDefinition = { ...skipped, exclude: [{ event: "Subscription Started", before: 2 }] };
  await counted(page, { funnel: bounded }, () => choose(page, "the last step", "First Project"));

  await page.reload();
  await expect(page.getByText("Changed, not saved")).toBeVisible();
  await expect(word(page, "Subscription Started")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByRole("button", { name: "Saved" })).toBeDisabled();
  const saved = await answered(getFunnel.answer, api.get(`/api/funnels/${id}`));
  expect(saved.funnel).toEqual(bounded);
});

test("a split is by a trait, by a property of a step, or by being in an audience", async ({ page, api }) => {
  const data = { name: "Whom a funnel is split by", definition: stuckBeforeActivation };
  const { id: audienceId } = await answered(createAudience.answer, api.post("/api/audiences", { data }));
  await openFunnel(page, api, { name: "To be split", funnel: activationFunnel });
  const groups = 12;
  const by = (breakdown: FunnelDefinition["breakdown"]) => ({ funnel: { ...activationFunnel, breakdown }, groups });
  await counted(page, by({ trait: "plan" }), () => choose(page, "+ split", "plan"));
  const table = page.getByRole("region", { name: "Funnel by plan" });
  await expect(table.getByRole("rowheader", { name: "trial" })).toBeVisible();

  await counted(page, by({ property: "method", step: 1 }), () => choose(page, "plan", "method"));
  await expect(page.getByRole("region", { name: "Funnel by method" })).toBeVisible();
  await expect(word(page, "method of Account Created")).toBeVisible();

  const told = await counted(page, by({ audienceId }), () => choose(page, "method of Account Created", data.name));
  const inside = told.breakdown?.find(({ value }) => value === true);
  const row = page.getByRole("row", { name: new RegExp(`^in ${data.name}`) });
  await expect(row.getByRole("button").first()).toHaveText(String(inside?.steps[0]?.people));

  await word(page, `being in ${data.name}`).focus();
  await page.keyboard.press("Backspace");
  await expect(word(page, "+ split")).toBeFocused();
  await expect(row).toHaveCount(0);
});

test("a draft with unfinished parts survives a reload, and can be discarded", async ({ page, api }) => {
  await openFunnel(page, api, { name: "Left behind", funnel: activationFunnel });
  await expect(stepRows(page)).toHaveCount(3);
  await page.keyboard.press("/");
  await page.getByRole("combobox", { name: "Search events" }).fill("Refunded");
  await page.keyboard.press("Enter");
  await word(page, "within 14 days").click();
  await page.getByRole("checkbox", { name: "No time limit" }).check();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(word(page, "with no time limit")).toBeVisible();
  await expect(word(page, "4 steps")).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(word(page, "within 14 days")).toBeVisible();
  await expect(page.getByRole("button", { name: "Saved" })).toBeDisabled();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(word(page, "with no time limit")).toBeVisible();
});

function stepList(page: Parameters<typeof word>[0]) {
  return page.getByRole("list", { name: "Steps" }).getByRole("listitem");
}
