import type { Locator, Page } from "@playwright/test";
import { createAudience } from "../core/api/audiences";
import type { AudienceDefinition } from "../core/audience/definition";
import { expectAccessible } from "./accessible";
import { answered } from "./answered";
import { expect, test } from "./foothold";

test.use({ workspace: "builder" });

const everyKind: AudienceDefinition = {
  version: 1,
  root: {
    kind: "all",
    conditions: [
      {
        kind: "sequence",
        steps: [
          { event: "Account Created" },
          { event: "First Project Created", within: { amount: 7, unit: "day" } },
          { event: "Onboarding Step Completed", within: { amount: 14, unit: "day", of: "first" } },
        ],
        thenNot: { event: "Team Member Invited", within: { amount: 24, unit: "hour" } },
      },
      {
        kind: "event",
        event: "Onboarding Step Completed",
        aggregate: { fn: "sum", property: "time_spent", op: "gte", value: 100 },
        window: { kind: "after", anchor: { event: "Account Created" }, amount: 7, unit: "day" },
      },
      {
        kind: "event",
        event: "Onboarding Step Completed",
        where: [{ property: "step_name", op: "exists" }],
        occurrence: "last_matching",
        then: [{ property: "step_number", op: "gte", value: 2 }],
        window: { kind: "calendar", period: "this_month" },
      },
      { kind: "trait", trait: "plan", op: "equals", value: "trial", heldFor: { amount: 14, unit: "day" } },
      { kind: "trait", trait: "$first_seen", op: "within_last", value: { amount: 90, unit: "day" } },
    ],
  },
};

/** Each kind of word with what opens under it. */
const editors: [word: string, dialog: string][] = [
  ["within 14 days of the first", "How much later"],
  ["and then not", "Then, or then not"],
  ["with a total", "How many times, which time, or how much"],
  ["at least 100", "How much"],
  ["time_spent", "Choose a property"],
  ["within 7 days after", "When"],
  ["their first Account Created", "Choose the moment that it starts at"],
  ["for at least 14 days", "For how long"],
  ["first seen", "Choose a trait"],
];

async function openEvery(page: Page, look: (dialog: Locator) => Promise<void>): Promise<void> {
  const conditions = page.getByRole("region", { name: "Conditions" });
  for (const [name, title] of editors) {
    const word = conditions.getByRole("button", { name, exact: true });
    await word.click();
    const dialog = page.getByRole("dialog", { name: title, exact: true });
    await expect(dialog).toBeVisible();
    await look(dialog);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(word).toBeFocused();
  }
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });
    test("every kind is shown in words, and each editor under them is accessible", async ({ page, api }) => {
      test.slow();
      const body = { name: `Every kind, ${colorScheme}`, definition: everyKind };
      const { id } = await answered(createAudience.answer, api.post("/api/audiences", { data: body }));
      await page.goto(`/audiences/${id}/edit`);
      await expect(page.getByRole("complementary", { name: "Who is in it" })).toContainText("exact");
      await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled();
      await expectAccessible(page);
      await openEvery(page, () => expectAccessible(page, "[role=dialog]"));

      await page.setViewportSize({ width: 390, height: 844 });
      await expectAccessible(page);
      await openEvery(page, async (sheet) => {
        await expect.poll(async () => Math.round(bottomOf(await sheet.boundingBox()))).toBe(844);
        await expectAccessible(page, "[role=dialog]");
      });
      // Looking changed nothing.
      await expect(page.getByRole("region", { name: "Save" })).toHaveCount(0);
    });
  });
}

function bottomOf(box: { y: number; height: number } | null): number {
  return box ? box.y + box.height : Number.NaN;
}

test("a window that has the focus tells its moments", async ({ page }) => {
  await page.goto("/audiences/new?starter=stuck");
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "more than 2 days ago" }).focus();
  await expect(page.getByRole("tooltip")).toContainText(/^Before .* \d\d:\d\d:\d\d, UTC\. Moves with time\./);
  await page.getByRole("button", { name: "Discard" }).click();
});
