import type { Page } from "@playwright/test";
import { compareFunnelVersions } from "../core/api/funnel-versions";
import { createFunnel, getFunnel, updateFunnel } from "../core/api/funnels";
import type { FunnelDefinition } from "../core/funnel/definition";
import { expectAccessible } from "./accessible";
import { answered } from "./answered";
import { expect, test } from "./foothold";
import { count } from "./funnel-page";
import { activationFunnel } from "./sample";

const shorter: FunnelDefinition = { ...activationFunnel, window: { amount: 1, unit: "hour" } };

const version = (page: Page, name: string) =>
  page
    .getByRole("list", { name: "Versions" })
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name }) });

test("versions of a funnel tell who and what changed, are compared by words and figures, and are restored", async ({
  page,
  api,
}) => {
  const data = { name: "Kept funnel", funnel: activationFunnel };
  const { id } = await answered(createFunnel.answer, api.post("/api/funnels", { data }));
  await answered(updateFunnel.answer, api.patch(`/api/funnels/${id}`, { data: { funnel: shorter, note: "An hour" } }));
  const compared = await answered(compareFunnelVersions.answer, api.get(`/api/funnels/${id}/compare?before=1&after=2`));

  await page.goto(`/funnels/${id}`);
  await page.getByRole("tab", { name: "Versions" }).click();
  const second = version(page, "Version 2");
  await expect(second).toContainText("holds now");
  await expect(second).toContainText("An hour");
  for (const { text } of compared.changes) await expect(second).toContainText(text);

  await second.getByRole("button", { name: "Compare version 2 with version 1" }).click();
  const comparison = page.getByRole("region", { name: "Comparison" });
  const last = (number: number) =>
    comparison
      .getByRole("region", { name: `Steps of version ${number}` })
      .getByRole("row")
      .last();
  const peopleOf = ({ figures }: { figures: { steps: { people: number }[] } }) => figures.steps.at(-1)?.people ?? 0;
  await expect(last(1)).toContainText(count(peopleOf(compared.before)));
  await expect(last(2)).toContainText(count(peopleOf(compared.after)));
  expect(peopleOf(compared.before)).toBeGreaterThan(peopleOf(compared.after));
  await expectAccessible(page);
  await comparison.getByRole("button", { name: "Close the comparison" }).click();

  await page.getByRole("button", { name: "Restore version 1" }).click();
  await expect(version(page, "Version 3")).toContainText("version 1 restored");
  const live = await answered(getFunnel.answer, api.get(`/api/funnels/${id}`));
  expect(live.funnel).toEqual(activationFunnel);

  // The page has an Undo of its own, for what is being changed.
  await page.getByText("Undo", { exact: true }).click();
  await expect(version(page, "Version 4")).toContainText("version 2 restored");
  const undone = await answered(getFunnel.answer, api.get(`/api/funnels/${id}`));
  expect(undone.funnel).toEqual(shorter);
  await page.getByRole("tab", { name: "Funnel", exact: true }).click();
  await expect(page.getByRole("button", { name: "Saved" })).toBeDisabled();
});
