import { type APIRequestContext, expect, type Locator, type Page, type Request } from "@playwright/test";
import * as z from "zod";
import type { BodyOf } from "../core/api/endpoint";
import { createFunnel, type FunnelPreview, type FunnelStepResult, previewFunnel } from "../core/api/funnels";
import type { FunnelDefinition } from "../core/funnel/definition";
import { answered } from "./answered";

type PreviewBody = BodyOf<typeof previewFunnel>;
const previewBody = previewFunnel.body ?? z.never();

const counts = new Intl.NumberFormat("en-US");
const shares = new Intl.NumberFormat("en-US", {
  style: "percent",
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** As the pages write them. */
export const count = (number: number) => counts.format(number);
export const share = (fraction: number | null | undefined) => (fraction == null ? "–" : shares.format(fraction));

/** Saves a funnel and opens its page. */
export async function openFunnel(
  page: Page,
  api: APIRequestContext,
  { name, funnel, query = "" }: { name: string; funnel: FunnelDefinition; query?: string },
): Promise<string> {
  const { id } = await answered(createFunnel.answer, api.post("/api/funnels", { data: { name, funnel } }));
  await page.goto(`/funnels/${id}${query}`);
  return id;
}

/** What a preview asks for; undefined for every other request. */
export function previewAsked(request: Request): PreviewBody | undefined {
  if (!request.url().endsWith(previewFunnel.path)) return undefined;
  return previewBody.parse(request.postDataJSON());
}

/** Does something, waits until the page has asked for exactly this, and answers what it was told. */
export async function told(page: Page, asked: PreviewBody, act: () => Promise<unknown>): Promise<FunnelPreview> {
  const wanted = sorted(asked);
  // Read as soon as it is there: a page that goes on lets go of what it was told.
  const answer = page
    .waitForResponse((response) => sorted(previewAsked(response.request())) === wanted)
    .then((response) => response.json());
  const [told] = await Promise.all([answer, act()]);
  return previewFunnel.answer.parse(told);
}

/** As `told`, and the table of steps shows it. */
export async function counted(page: Page, asked: PreviewBody, act: () => Promise<unknown>): Promise<FunnelPreview> {
  const answer = await told(page, asked, act);
  await expectSteps(page, answer.steps);
  return answer;
}

/** The table shows these steps and no others. */
async function expectSteps(page: Page, steps: readonly FunnelStepResult[]): Promise<void> {
  const rows = stepRows(page);
  await expect(rows).toHaveCount(steps.length);
  for (const [index, step] of steps.entries()) {
    const last = index === steps.length - 1;
    await expect(rows.nth(index).getByRole("rowheader")).toContainText(step.label);
    const cells = [step.people, step.fromFirst, step.fromPrevious, step.dropped, step.pending];
    const [people, first, previous, dropped, pending] = cells;
    await expect(rows.nth(index).getByRole("cell")).toContainText([
      count(people ?? 0),
      share(first),
      index === 0 ? "–" : share(previous),
      last ? "–" : count(dropped ?? 0),
      last ? "–" : count(pending ?? 0),
    ]);
  }
}

export function stepRows(page: Page): Locator {
  return page.getByRole("region", { name: "Funnel as a table" }).locator("tbody").getByRole("row");
}

export const word = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Opens a word and takes what the text finds first. */
export async function choose(page: Page, opened: string, text: string): Promise<void> {
  await word(page, opened).click();
  await page.getByRole("combobox").fill(text);
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("Enter");
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
