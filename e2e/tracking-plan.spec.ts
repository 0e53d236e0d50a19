import { createSource } from "../core/api/sources";
import { expectAccessible } from "./accessible";
import { answered } from "./answered";
import { expect, test } from "./foothold";

test.use({ workspace: "tracking-plan", sample: false });

test("a plan is adopted from what was seen; a violation shows, is held back, and passes once the plan is mended", async ({
  page,
  api,
  foothold,
}) => {
  const { writeKey } = await answered(createSource.answer, api.post("/api/sources", { data: { name: "App" } }));
  const send = (event: string, properties: object, userId = "u") =>
    api.post(`${foothold.origin}/v1/batch`, {
      headers: { authorization: `Basic ${btoa(`${writeKey}:`)}` },
      data: { batch: [{ type: "track", event, userId, properties }] },
    });
  for (const plan of ["trial", "pro", "trial", "pro", "trial", "pro"]) await send("Account Created", { plan });
  await send("Project Created", { template: null });

  await page.goto("/tracking-plan");
  await expect(page.getByRole("heading", { name: "Nothing is expected yet" })).toBeVisible();
  await page.getByRole("button", { name: "Adopt what was seen" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Properties of Account Created" }).click();
  await expect(dialog.getByText("plan text, required")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Adopt 2 rules" }).click();
  await expect(page.getByText("2 rules added. Version 1 holds.")).toBeVisible();

  await page.getByRole("button", { name: "Edit Account Created" }).click();
  await dialog.getByRole("button", { name: "More of plan" }).click();
  await dialog.getByLabel("Pattern of text").fill("(?=t)rial");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toContainText("no regular expression that can be matched in bounded time");
  await dialog.getByLabel("Pattern of text").fill("");
  await dialog.getByLabel("Allowed values, one in each line").fill("trial\npro");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Account Created is in the plan. Version 2 holds.")).toBeVisible();

  await send("Account Created", { plan: "gold" });
  await send("Acount Created", { plan: "pro" });
  await page.getByRole("tab", { name: "Violations" }).click();
  const groups = page.getByRole("region", { name: "Groups" });
  await expect(groups.getByRole("button", { name: /Acount Created.*did you mean Account Created\?/ })).toBeVisible();
  await groups.getByRole("button", { name: /^Account Created/ }).click();
  await expect(groups.getByText('plan is the text "gold"; it must be "trial" or "pro".')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("tab", { name: "Plan", exact: true }).click();
  const held = page.waitForResponse((response) => response.url().includes("/api/tracking-plan/sources/"));
  await page.getByLabel("Messages with violations of App").selectOption({ label: "Hold back" });
  await held;
  const refused = await (await send("Account Created", { plan: "team" }, "held-1")).json();
  expect(refused.rejected).toMatchObject([{ code: "blocked_by_plan" }]);
  await page.goto("/debugger?tab=kept");
  const kept = page.getByRole("list", { name: "Messages" });
  await kept.getByRole("button", { name: "Replay Account Created" }).click();
  await expect(page.getByText(/0 of 1 message passed\. Still not taken: Held back by the tracking plan/)).toBeVisible();

  await page.goto("/tracking-plan");
  await page.getByRole("button", { name: "Edit Account Created" }).click();
  await dialog.getByLabel("Allowed values, one in each line").fill("trial\npro\nteam");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Version 3 holds.")).toBeVisible();
  await page.goto("/debugger?tab=kept");
  await kept.getByRole("button", { name: "Replay Account Created" }).click();
  await expect(page.getByText("1 of 1 message passed.")).toBeVisible();
  await expect(kept.getByText("Replayed, and taken.")).toBeVisible();

  await page.goto("/tracking-plan?tab=versions");
  const versions = page.getByRole("list", { name: "Versions" });
  await expect(versions).toContainText('plan is required, text, one of "trial", "pro" or "team"');
  await expectAccessible(page);
  await versions.getByRole("button", { name: "Restore version 1" }).click();
  await expect(page.getByText("Version 1 holds again, as version 4.")).toBeVisible();
});
