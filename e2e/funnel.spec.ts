import type { Page } from "@playwright/test";
import { getAudience } from "../core/api/audiences";
import { createFunnel, listFunnels, previewFunnel } from "../core/api/funnels";
import type { FunnelDefinition } from "../core/funnel/definition";
import { expectAccessible } from "./accessible";
import { answered } from "./answered";
import { expect, test } from "./foothold";
import { activationFunnel } from "./sample";

const number = new Intl.NumberFormat("en-US");
const share = new Intl.NumberFormat("en-US", {
  style: "percent",
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

const chart = (page: Page) => page.getByRole("img", { name: /start with/ });
const figures = (page: Page) => page.getByRole("group", { name: "Figures of the chart" });
const table = (page: Page) => page.getByRole("region", { name: "Funnel as a table" });

test("a new funnel begins with the workspace's own names, and is saved, renamed, duplicated and archived", async ({
  page,
  api,
}) => {
  await page.goto("/funnels/new");
  await expect(page.getByRole("button", { name: "Account Created", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Activation Milestone Reached", exact: true })).toBeVisible();
  await expect(chart(page)).toBeVisible();

  await page.getByRole("heading", { level: 1 }).getByRole("button", { name: "Sign-up to activation" }).click();
  await page.getByRole("textbox", { name: "Name of the funnel" }).fill("First week");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(/\/funnels\/(?!new)[\w-]+$/);
  await expect(page.getByRole("button", { name: "Saved" })).toBeDisabled();

  await page.getByRole("button", { name: "Actions for First week" }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "First week (copy)" })).toBeVisible();
  await page.getByRole("button", { name: "Actions for First week (copy)" }).click();
  await page.getByRole("menuitem", { name: "Archive" }).click();
  await expect(page.getByText("This funnel is archived.")).toBeVisible();

  await page.goto("/funnels");
  await expect(page.getByRole("link", { name: "First week", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "First week (copy)" })).toBeHidden();
  const { items } = await answered(listFunnels.answer, api.get("/api/funnels?archived=true"));
  expect(items.map(({ name }) => name)).toContain("First week (copy)");
});

test("the chart, the table, the people and the audience of a drop are those of the API", async ({ page, api }) => {
  const { id } = await answered(
    createFunnel.answer,
    api.post("/api/funnels", { data: { name: "To be looked into", funnel: activationFunnel } }),
  );
  const { steps } = await answered(
    previewFunnel.answer,
    api.post("/api/funnels/preview", { data: { funnel: activationFunnel } }),
  );
  const [, second, third] = steps;
  if (!second || !third) throw new Error("The funnel has three steps");
  expect(second.dropped).toBeGreaterThan(20);

  await page.goto(`/funnels/${id}`);
  await expect(chart(page)).toBeVisible();
  const row = table(page).getByRole("row", { name: /^2\s*First Project Created/ });
  await expect(row.getByRole("cell")).toContainText([
    number.format(second.people),
    share.format(second.fromFirst ?? 0),
    share.format(second.fromPrevious ?? 0),
    number.format(second.dropped),
    number.format(second.pending),
  ]);

  // One tab stop; arrows from figure to figure: reached 1, dropped 1, reached 2, dropped 2.
  await figures(page).getByRole("button").first().focus();
  for (let times = 0; times < 3; times++) await page.keyboard.press("ArrowRight");
  const card = page.getByRole("group", { name: "The figure pointed at" });
  await expect(card).toContainText(`${number.format(second.dropped)} people`);
  await expect(card).toContainText("got to First Project Created and did not go on to Activation Milestone Reached");
  await expect(row).toHaveAttribute("aria-current", "true");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(card).toBeHidden();

  await page.keyboard.press("Enter");
  const people = page.getByRole("dialog", { name: `${number.format(second.dropped)} people` });
  await expect(people.getByRole("listitem").first()).toHaveAttribute("aria-setsize", String(second.dropped));
  await expectAccessible(page);
  await people.getByRole("button", { name: "Make audience" }).click();

  await expect(page).toHaveURL(/\/audiences\/[\w-]+$/);
  const name = "First Project Created, then not Activation Milestone Reached";
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  const audienceId = new URL(page.url()).pathname.split("/").at(-1);
  const { count } = await answered(getAudience.answer, api.get(`/api/audiences/${audienceId}`));
  expect(count).toBe(second.dropped);
});

test("a funnel is edited in words, and an edit can be undone", async ({ page, api }) => {
  const { id } = await answered(
    createFunnel.answer,
    api.post("/api/funnels", { data: { name: "To be edited", funnel: activationFunnel } }),
  );
  const reached = async (funnel: FunnelDefinition) => {
    const { steps } = await answered(previewFunnel.answer, api.post("/api/funnels/preview", { data: { funnel } }));
    return number.format(steps.at(-1)?.people ?? 0);
  };
  const last = (step: number, name: string) =>
    table(page)
      .getByRole("row", { name: new RegExp(`^${step}\\s*${name}`) })
      .getByRole("cell")
      .first();
  await page.goto(`/funnels/${id}`);
  await expect(last(3, "Activation Milestone Reached")).toHaveText(await reached(activationFunnel));

  await page.getByRole("button", { name: "within 14 days", exact: true }).click();
  await page.getByRole("textbox", { name: "Time amount" }).fill("1");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "within 1 day", exact: true })).toBeFocused();
  const hasty = { ...activationFunnel, window: { amount: 1, unit: "day" as const } };
  await expect(last(3, "Activation Milestone Reached")).toHaveText(await reached(hasty));

  await page.getByRole("button", { name: "3 steps" }).click();
  await page.getByRole("button", { name: "Remove step 2" }).click();
  const short = { ...hasty, steps: hasty.steps.toSpliced(1, 1) };
  await expect(last(2, "Activation Milestone Reached")).toHaveText(await reached(short));
  await page.keyboard.press("ControlOrMeta+z");
  await expect(last(3, "Activation Milestone Reached")).toHaveText(await reached(hasty));

  await page.getByRole("button", { name: "+ step" }).click();
  await page.getByRole("combobox", { name: "Search events" }).fill("Team Member");
  await page.keyboard.press("Enter");
  const longer = { ...hasty, steps: [...hasty.steps, { event: "Team Member Invited" }] };
  await expect(last(4, "Team Member Invited")).toHaveText(await reached(longer));

  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByRole("button", { name: "Saved" })).toBeDisabled();
  await page.reload();
  await expect(page.getByRole("button", { name: "4 steps" })).toBeVisible();
});

test("on a phone, a drop opens as a sheet", async ({ page, api }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { id } = await answered(
    createFunnel.answer,
    api.post("/api/funnels", { data: { name: "In the hand", funnel: activationFunnel } }),
  );
  await page.goto(`/funnels/${id}`);
  await page
    .getByRole("listitem")
    .filter({ hasText: "2. First Project Created" })
    .getByRole("button", { name: /did not go on/ })
    .click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByRole("button", { name: "Make audience" })).toBeVisible();
  await expectAccessible(page);
  await sheet.getByRole("button", { name: "See people" }).click();
  await expect(page.getByRole("dialog").getByRole("listitem").first()).toBeVisible();
});
