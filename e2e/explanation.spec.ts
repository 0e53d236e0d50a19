import { createAudience, listMembers } from "../core/api/audiences";
import type { AudienceDefinition } from "../core/audience/definition";
import { expectAccessible } from "./accessible";
import { answered } from "./answered";
import { expect, test } from "./foothold";
import { stuckBeforeActivation } from "./sample";

const later: AudienceDefinition = {
  version: 1,
  root: {
    kind: "all",
    conditions: [
      { kind: "event", event: "Account Created", window: { kind: "last", amount: 52, unit: "week" } },
      { kind: "not", condition: { kind: "event", event: "No Such Event" } },
    ],
  },
};

test("a member's reason is each condition, ticked, with the event that decided, which is found in the timeline", async ({
  page,
  api,
}) => {
  const data = { name: "Stuck, with reasons", definition: stuckBeforeActivation };
  const { id } = await answered(createAudience.answer, api.post("/api/audiences", { data }));
  await page.goto(`/audiences/${id}`);
  const why = page.getByRole("button", { name: /^Why is .* in Stuck, with reasons\?$/ }).first();
  await why.click();
  const reason = page.getByRole("region", { name: "Why" });
  await expect(reason.getByText("3 of 3 conditions are true")).toBeVisible();
  await expect(reason.getByText("True:", { exact: true })).toHaveCount(3);
  await expect(reason.getByText("did not Activation Milestone Reached ever")).toBeVisible();
  await expect(reason.getByText("Found: is trial")).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }

  await page.keyboard.press("Escape");
  await expect(reason).toBeHidden();
  await expect(why).toBeFocused();
  await page.keyboard.press("Enter");
  await reason.getByRole("link", { name: /Account Created/ }).click();
  await expect(page).toHaveURL(/\/profiles\/p\d+\?at=/);
  const pointed = page.getByRole("region", { name: "Timeline" }).locator("[aria-current=true]");
  await expect(pointed).toHaveText(/Account Created/);
  await expect(pointed).toHaveAttribute("aria-expanded", "true");
  await page.getByRole("button", { name: "Show the latest" }).click();
  await expect(page).toHaveURL(/\/profiles\/p\d+$/);
});

test("a profile is checked against any audience, and told when that changes by itself", async ({ page, api }) => {
  const data = { name: "Came this year", definition: later };
  const { id } = await answered(createAudience.answer, api.post("/api/audiences", { data }));
  const [member] = (await answered(listMembers.answer, api.get(`/api/audiences/${id}/members?limit=1`))).items;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/profiles/${member?.id}`);
  await page.getByRole("button", { name: "Check against an audience" }).click();
  await page.getByRole("combobox", { name: "Search audiences" }).fill("came this");
  await page.keyboard.press("Enter");
  const reason = page.getByRole("region", { name: "Why" });
  await expect(reason.getByText(/^Leaves by itself on .* in \d+ d, unless something happens before\.$/)).toBeVisible();
  await expect(reason.getByText("This must not be true")).toBeVisible();
  await expect(reason.getByText("Not true:", { exact: true })).toHaveCount(1);
  await expectAccessible(page);
});

test("a definition is copied as a sentence and pasted into another audience; a faulty one says where", async ({
  page,
  api,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const data = { name: "To be copied", definition: stuckBeforeActivation };
  const { id } = await answered(createAudience.answer, api.post("/api/audiences", { data }));
  await page.goto(`/audiences/${id}`);
  await page.getByRole("button", { name: "Definition as text" }).click();
  await page.getByRole("menuitem", { name: "Copy as sentence" }).click();
  await expect(page.getByText("Copied as a sentence.")).toBeVisible();
  const sentence = await page.evaluate(() => navigator.clipboard.readText());
  expect(sentence).toBe(
    'Known people: did "Account Created" more than 2 days ago, and did not "Activation Milestone Reached" ever, and trait "plan" is "trial".',
  );

  await page.goto("/audiences/new");
  await page.getByRole("button", { name: "Definition as text" }).click();
  await page.getByRole("menuitem", { name: "Paste definition…" }).click();
  const dialog = page.getByRole("dialog", { name: "Paste a definition" });
  await dialog.getByLabel("Definition").fill(sentence.replace("did not", "forgot"));
  await dialog.getByRole("button", { name: "Use it" }).click();
  await expect(dialog.getByRole("alert")).toContainText("at character 63");
  await expectAccessible(page);
  await dialog.getByLabel("Definition").fill(sentence);
  await dialog.getByRole("button", { name: "Use it" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Activation Milestone Reached", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByRole("button", { name: "Activation Milestone Reached", exact: true })).toBeHidden();
});
