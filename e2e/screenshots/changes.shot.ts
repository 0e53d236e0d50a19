import path from "node:path";
import { expect } from "@playwright/test";
import { createAudience } from "../../core/api/audiences";
import { createSource } from "../../core/api/sources";
import { answered } from "../answered";
import { test } from "../foothold";
import { stuckBeforeActivation } from "../sample";

const day = 86_400_000;

/** People who signed up on one of the last weeks' days, and for most of whom the milestone came some days later. */
const people = Array.from({ length: 180 }, (_, index) => {
  const signedUp = Date.now() - (2 + ((index * 7) % 25)) * day - (index % 19) * 3_600_000;
  return { userId: `mara-${index}`, index, signedUp, activated: signedUp + (2.2 + (index % 5)) * day };
});
const at = (moment: number) => new Date(moment).toISOString();
const signUps = people.flatMap(({ userId, index, signedUp }) => [
  {
    type: "identify",
    userId,
    traits: { plan: "trial", email: `mara.${index}@bluefin.example` },
    timestamp: at(signedUp),
  },
  { type: "track", userId, event: "Account Created", timestamp: at(signedUp) },
]);
const milestones = people.flatMap(({ userId, index, activated }) =>
  index % 4 === 0 || activated > Date.now()
    ? []
    : [{ type: "track", userId, event: "Activation Milestone Reached", timestamp: at(activated) }],
);

test("a picture of who enters and leaves", async ({ page, api }) => {
  const audience = { name: "Stuck before activation", definition: stuckBeforeActivation };
  const { id } = await answered(createAudience.answer, api.post("/api/audiences", { data: audience }));
  const { writeKey } = await answered(createSource.answer, api.post("/api/sources", { data: { name: "Server" } }));
  const send = async (batch: object[]) => {
    const headers = { authorization: `Basic ${btoa(`${writeKey}:`)}` };
    expect((await api.post("/v1/batch", { data: { batch }, headers })).status()).toBe(200);
  };
  await page.goto(`/audiences/${id}?view=changes`);
  const list = page.getByRole("list", { name: "Changes" });
  await expect(list.getByRole("listitem").first()).toBeVisible();
  await send(signUps);
  await expect(list.getByText("Account Created").first()).toBeVisible();
  await send(milestones);
  await expect(list.getByText("Activation Milestone Reached").first()).toBeVisible();
  await send(
    [0, 4, 8].map((index) => ({ type: "track", userId: `mara-${index}`, event: "Activation Milestone Reached" })),
  );
  await expect(list.getByRole("listitem").first()).toContainText("mara.8@bluefin.example");
  await expect(page.getByText(/days counted/)).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join("docs/screenshots", "changes.png"), animations: "disabled" });
});
