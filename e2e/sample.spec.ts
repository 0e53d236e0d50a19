import { listEvents } from "../core/api/catalogue";
import { createSource } from "../core/api/sources";
import { answered } from "./answered";
import { expect, test } from "./foothold";

test.use({ workspace: "sample by hand", sample: false });

test("the sample is loaded with one button and removed again, and what is one's own stays", async ({ page, api }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Load the sample workspace" }).click();
  const people = page.getByRole("region", { name: "People" });
  await expect(people.getByText("known people")).toBeVisible({ timeout: 60_000 });

  const { writeKey } = await answered(createSource.answer, api.post("/api/sources", { data: { name: "My own" } }));
  const own = { writeKey, userId: "own-1", event: "Mine", messageId: "own-message-1" };
  expect((await api.post("/v1/track", { data: own })).status()).toBe(200);

  await page.goto("/settings");
  const sample = page.getByRole("region", { name: "Sample data" });
  await sample.getByRole("button", { name: "Remove the sample" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove sample" }).click();
  await expect(sample.getByText("The sample is not loaded.")).toBeVisible({ timeout: 60_000 });

  await page.goto("/profiles");
  await expect(page.getByRole("link", { name: "own-1" })).toBeVisible();
  const events = await answered(listEvents.answer, api.get("/api/events"));
  expect(events.items.map(({ event }) => event)).toEqual(["Mine"]);
});
