import { getAudience } from "../core/api/audiences";
import type { FunnelDefinition } from "../core/funnel/definition";
import { expectAccessible, expectPageAccessible } from "./accessible";
import { answered } from "./answered";
import { expect, test } from "./foothold";
import { count, counted, openFunnel, share, stepRows, told, word } from "./funnel-page";
import { activationFunnel } from "./sample";

const split: FunnelDefinition = { ...activationFunnel, breakdown: { trait: "plan" } };
const groups = 12;

test("a group's people open from its line and from the table, and so do those who dropped out of it", async ({
  page,
  api,
}) => {
  await page.goto("/funnels");
  const answer = await counted(page, { funnel: split, groups }, () =>
    openFunnel(page, api, { name: "Split by plan", funnel: split }),
  );
  const [group] = answer.breakdown ?? [];
  const second = group?.steps[1];
  if (!group || !second) throw new Error("The sample has plans");
  const name = String(group.value);
  await page
    .getByRole("group", { name: "Figures of the chart" })
    .getByRole("button", { name: `Their plan is ${name}.` })
    .nth(1)
    .focus();
  await page.keyboard.press("Enter");
  const people = page.getByRole("dialog", { name: `${count(second.people)} people` });
  await expect(people.getByRole("listitem").first()).toHaveAttribute("aria-setsize", String(second.people));
  await people.getByRole("radio", { name: "Dropped after" }).click();
  const dropped = page.getByRole("dialog", { name: `${count(second.dropped)} people` });
  await expect(dropped).toContainText(`Their plan is ${name}.`);
  await expect(dropped.getByRole("listitem").first()).toHaveAttribute("aria-setsize", String(second.dropped));
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  const row = page.getByRole("region", { name: "Funnel by plan" }).getByRole("row", { name: new RegExp(`^${name}`) });
  await expect(row).toContainText(share(second.fromFirst));
  await row.getByRole("button").nth(1).click();
  await people.getByRole("button", { name: "Make audience" }).click();
  await expect(page).toHaveURL(/\/audiences\/[\w-]+$/);
  const audienceId = new URL(page.url()).pathname.split("/").at(-1);
  const audience = await answered(getAudience.answer, api.get(`/api/audiences/${audienceId}`));
  expect(audience.count).toBe(second.people);
});

test("conversion over time by day and by week, with how many entered and who still has time", async ({ page, api }) => {
  await page.goto("/funnels");
  const days = await told(page, { funnel: activationFunnel, overTime: "day" }, () =>
    openFunnel(page, api, { name: "Day by day", funnel: activationFunnel, query: "?view=over-time" }),
  );
  const latest = days.overTime?.at(-1);
  if (!latest) throw new Error("The sample has people of every day");
  const rows = page.getByRole("region", { name: "Conversion over time as a table" }).locator("tbody").getByRole("row");
  await expect(rows.first().getByRole("cell")).toContainText([
    count(latest.people[0] ?? 0),
    count(latest.people[2] ?? 0),
    share((latest.people[2] ?? 0) / (latest.people[0] ?? 1)),
    count(latest.pending),
  ]);
  await expect(page.getByRole("img", { name: /^In \d+ days .* entered/ })).toBeVisible();

  const weeks = await told(page, { funnel: activationFunnel, overTime: "week" }, () =>
    page.getByRole("radio", { name: "By week" }).click(),
  );
  const week = weeks.overTime?.at(-2);
  const reached = count(week?.people[0] ?? 0);
  await rows.nth(1).getByRole("button").first().click();
  const people = page.getByRole("dialog", { name: `${reached} people` });
  await expect(people).toContainText("They started in the week from");
  await expect(people.getByRole("listitem").first()).toHaveAttribute("aria-setsize", String(week?.people[0]));
});

test("the time that people take, as columns whose people open", async ({ page, api }) => {
  await page.goto("/funnels");
  const answer = await told(page, { funnel: activationFunnel }, () =>
    openFunnel(page, api, { name: "Time taken", funnel: activationFunnel, query: "?view=time-taken" }),
  );
  const { timeToConvert } = answer;
  if (!timeToConvert) throw new Error("Somebody in the sample is activated");
  const rows = page.getByRole("region", { name: "Time taken as a table" }).locator("tbody").getByRole("row");
  await expect(rows).toHaveCount(timeToConvert.people.length);
  await expect(rows.nth(1).getByRole("cell").first()).toHaveText(count(timeToConvert.people[1] ?? 0));
  await page.getByRole("img", { name: /^Half of/ }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const people = page.getByRole("dialog", { name: `${count(timeToConvert.people[1] ?? 0)} people` });
  await expect(people).toContainText("It took them");
  await expect(people.getByRole("listitem").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("combobox", { name: "Between which steps" }).selectOption("2");
  await expect(rows).toHaveCount(answer.steps[1]?.histogram?.people.length ?? 0);
});

test("two ranges stand side by side, and the drop of either is an audience that counts the same", async ({
  page,
  api,
}) => {
  const range = { from: "2026-10-25", to: "2026-11-24" };
  const ranged = { ...activationFunnel, range };
  const compare = { from: "2026-09-25", to: "2026-10-25" };
  await openFunnel(page, api, { name: "This month and the last", funnel: ranged });
  const answer = await counted(page, { funnel: ranged, compare }, async () => {
    await word(page, "+ compare").click();
    await page.getByRole("button", { name: "The 30 days before" }).click();
  });
  const then = answer.compare?.steps[1];
  const now = answer.steps[1];
  if (!then || !now) throw new Error("The funnel has three steps");
  const row = stepRows(page).nth(1);
  await expect(row).toContainText(count(then.people));
  await expect(row).toContainText(share(then.fromFirst));
  await expect(row).toContainText(/points?/);
  await expect(page).toHaveURL(/compare=2026-09-25\.\.2026-10-25/);
  await row.getByRole("button", { name: /They started 25 Sept? – 24 Oct 2026/ }).click();
  const people = page.getByRole("dialog", { name: `${count(then.people)} people` });
  await people.getByRole("radio", { name: "Dropped after" }).click();
  const dropped = page.getByRole("dialog", { name: `${count(then.dropped)} people` });
  await dropped.getByRole("button", { name: "Make audience" }).click();
  await expect(page).toHaveURL(/\/audiences\/[\w-]+$/);
  const audienceId = new URL(page.url()).pathname.split("/").at(-1);
  const audience = await answered(getAudience.answer, api.get(`/api/audiences/${audienceId}`));
  expect(audience.count).toBe(then.dropped);
});

test("every view is accessible, wide and narrow, in both themes", async ({ page, api }) => {
  const range = { from: "2026-10-25", to: "2026-11-24" };
  const funnel: FunnelDefinition = { ...split, range, exclude: [{ event: "Subscription Started" }] };
  const id = await openFunnel(page, api, { name: "Seen by axe in full", funnel });
  for (const query of ["?compare=2026-09-25..2026-10-25", "?view=over-time", "?view=time-taken"]) {
    await expectPageAccessible(page, `/funnels/${id}${query}`);
  }
  await word(page, "3 steps").click();
  await expect(page.getByRole("list", { name: "What must not happen" })).toBeVisible();
  await expectAccessible(page);
});
