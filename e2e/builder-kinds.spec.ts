import type { Page } from "@playwright/test";
import { listAudiences } from "../core/api/audiences";
import type { AudienceTree } from "../core/audience/definition";
import { answered } from "./answered";
import { expect, test } from "./foothold";

test.use({ workspace: "builder" });

/** Adds a condition by its name, with the keyboard alone. */
async function add(page: Page, name: string): Promise<void> {
  await page.keyboard.press("/");
  await expect(page.getByRole("combobox", { name: /^Search/ })).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
}

/** Opens the focused word's list, and takes what is typed. */
async function choose(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Enter");
  await pick(page, text);
}

/** In a list that is open: takes what is typed. */
async function pick(page: Page, text: string): Promise<void> {
  await expect(page.getByRole("combobox", { name: /^Search/ })).toBeFocused();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

/** Puts the focus on a word of the conditions, as Tab would. */
function word(page: Page, name: string) {
  return page.getByRole("region", { name: "Conditions" }).getByRole("button", { name, exact: true });
}

interface Composed {
  name: string;
  compose: (page: Page) => Promise<void>;
  expected: AudienceTree[];
}

const kinds: Composed[] = [
  {
    name: "a sequence with limits and what did not follow",
    compose: async (page) => {
      await add(page, "account created");
      await word(page, "Add to this sentence").focus();
      await choose(page, "then");
      await pick(page, "first project");
      await word(page, "any time later").focus();
      await page.keyboard.press("Enter");
      await page.getByLabel("Limit").selectOption("within");
      await page.getByLabel("Time amount").focus();
      await page.keyboard.type("3");
      await page.keyboard.press("Enter");
      await expect(word(page, "within 3 days")).toBeFocused();
      await word(page, "Add to this sentence").focus();
      await choose(page, "and then not");
      await pick(page, "team member");
      await expect(page.getByRole("region", { name: "Conditions" })).toContainText(
        /did\s+Account Created\s+ever.*then\s+within 3 days\s+First Project Created.*and then not\s+Team Member Invited\s+ever after/s,
      );
    },
    expected: [
      {
        kind: "sequence",
        steps: [{ event: "Account Created" }, { event: "First Project Created", within: { amount: 3, unit: "day" } }],
        thenNot: { event: "Team Member Invited" },
      },
    ],
  },
  {
    name: "a figure over a property",
    compose: async (page) => {
      await add(page, "onboarding step");
      await word(page, "at least 1 time").focus();
      await page.keyboard.press("Enter");
      await page.getByLabel("How often").selectOption("with a total of …");
      await word(page, "choose a property").focus();
      await choose(page, "time_spent");
      await page.getByLabel("Number", { exact: true }).focus();
      await page.keyboard.type("99.5");
      await page.keyboard.press("Enter");
      await expect(word(page, "at least 99.5")).toBeFocused();
    },
    expected: [
      {
        kind: "event",
        event: "Onboarding Step Completed",
        aggregate: { fn: "sum", property: "time_spent", op: "gte", value: 99.5 },
      },
    ],
  },
  {
    name: "the last event of those that fit, and what is asked of it",
    compose: async (page) => {
      await add(page, "onboarding step");
      await word(page, "at least 1 time").focus();
      await page.keyboard.press("Enter");
      await page.getByLabel("How often").selectOption("for the last time, of those that fit its filters");
      await expect(word(page, "for the last time")).toBeVisible();
      await word(page, "Add to this sentence").focus();
      await choose(page, "where");
      await pick(page, "step_number");
      await page.keyboard.press("Escape");
      await word(page, "is").focus();
      await choose(page, "has a value");
      await word(page, "Add to this sentence").focus();
      await choose(page, "and on it");
      await pick(page, "step_name");
      await pick(page, "invite");
    },
    expected: [
      {
        kind: "event",
        event: "Onboarding Step Completed",
        where: [{ property: "step_number", op: "exists" }],
        occurrence: "last_matching",
        then: [{ property: "step_name", op: "equals", value: "invite" }],
      },
    ],
  },
  {
    name: "windows of the calendar and of each person's own",
    compose: async (page) => {
      await add(page, "team member");
      await word(page, "ever").focus();
      await page.keyboard.press("Enter");
      await page.getByLabel("Comparison").selectOption("this month");
      await expect(page.getByRole("dialog", { name: "When" })).toContainText(/From .* 1 .* 00:00:00 to before .*, UTC/);
      await page.keyboard.press("Escape");
      await expect(word(page, "this month")).toBeFocused();
      await add(page, "first project");
      await word(page, "ever").focus();
      await page.keyboard.press("Enter");
      await page.getByLabel("Comparison").selectOption("within … after");
      await page.keyboard.press("Escape");
      await word(page, "they were first seen").focus();
      await choose(page, "account created");
      await expect(word(page, "their first Account Created")).toBeFocused();
    },
    expected: [
      { kind: "event", event: "Team Member Invited", window: { kind: "calendar", period: "this_month" } },
      {
        kind: "event",
        event: "First Project Created",
        window: { kind: "after", anchor: { event: "Account Created" }, amount: 7, unit: "day" },
      },
    ],
  },
  {
    name: "a trait held for a time, and when people were first seen",
    compose: async (page) => {
      await add(page, "plan");
      await expect(page.getByRole("dialog", { name: "Choose the value of plan" })).toBeVisible();
      await pick(page, "trial");
      await word(page, "Add how long it has been so: for at least …").focus();
      await page.keyboard.press("Enter");
      await expect(page.getByLabel("Time amount")).toBeFocused();
      await page.keyboard.type("14");
      await page.keyboard.press("Enter");
      await expect(word(page, "for at least 14 days")).toBeFocused();
      await add(page, "first seen");
      await expect(word(page, "first seen")).toBeFocused();
    },
    expected: [
      { kind: "trait", trait: "plan", op: "equals", value: "trial", heldFor: { amount: 14, unit: "day" } },
      { kind: "trait", trait: "$first_seen", op: "within_last", value: { amount: 7, unit: "day" } },
    ],
  },
  {
    name: "a page, by its context",
    compose: async (page) => {
      await add(page, "page pricing");
      await expect(word(page, "viewed page")).toBeFocused();
      await word(page, "Add to this sentence").focus();
      await choose(page, "where");
      await pick(page, "page.path");
      await page.keyboard.press("Escape");
      await word(page, "is").focus();
      await choose(page, "starts with");
      await word(page, "enter a text").focus();
      await page.keyboard.press("Enter");
      await page.keyboard.type("/pri");
      await page.keyboard.press("Enter");
    },
    expected: [
      {
        kind: "event",
        event: "Pricing",
        type: "page",
        where: [{ context: "page.path", op: "starts_with", value: "/pri" }],
      },
    ],
  },
];

for (const { name, compose, expected } of kinds) {
  test(`composed by the keyboard and saved exactly: ${name}`, async ({ page, api }) => {
    await page.goto("/audiences/new");
    await expect(page.getByRole("complementary", { name: "Who is in it" })).toContainText("exact");
    await compose(page);
    await page.keyboard.press("Control+s");
    await expect(page.getByLabel("Name of the audience")).toBeFocused();
    await page.keyboard.type(name);
    await page.keyboard.press("Control+s");
    await expect(page).toHaveURL(/\/audiences\/(?!new)[^/]+$/);
    const { items } = await answered(listAudiences.answer, api.get("/api/audiences"));
    expect(items.find((audience) => audience.name === name)?.definition).toEqual({
      version: 1,
      root: { kind: "all", conditions: expected },
    });
  });
}
