import { Analytics } from "@segment/analytics-node";
import { createSource } from "../core/api/sources";
import { expectAccessible } from "./accessible";
import { answered } from "./answered";
import { expect, test } from "./foothold";

test.use({ workspace: "own", sample: false });

test("messages of a real SDK appear as they come, can be held, narrowed down, opened, and replayed", async ({
  page,
  api,
  foothold,
}) => {
  const { id, writeKey } = await answered(createSource.answer, api.post("/api/sources", { data: { name: "Watched" } }));
  await page.goto(`/debugger?source=${id}`);
  await expect(page.getByRole("status").filter({ hasText: "Live" })).toBeVisible();
  await expect(page.getByText("No message yet")).toBeVisible();

  const analytics = new Analytics({ writeKey, host: foothold.origin, flushAt: 1 });
  analytics.identify({ userId: "watched-1", traits: { plan: "trial" } });
  analytics.track({ userId: "watched-1", event: "Report Opened", properties: { report: 7 } });
  await analytics.closeAndFlush();
  const list = page.getByRole("list", { name: "Messages" });
  const opened = list.getByRole("button", { name: /Report Opened/ });
  await expect(opened).toContainText("Accepted");
  await expect(list.getByRole("button")).toHaveCount(2);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Pause" }).click();
  const send = (batch: object[]) =>
    api.post(`${foothold.origin}/v1/batch`, {
      headers: { authorization: `Basic ${btoa(`${writeKey}:`)}` },
      data: { batch },
    });
  const again = { type: "track", event: "Report Closed", userId: "watched-2", messageId: "closed-1" };
  await send([again, again, { type: "track", event: "Lost", messageId: "lost-1" }]);
  await expect(page.getByRole("status").filter({ hasText: "Paused · 3 new messages" })).toBeVisible();
  await expect(list.getByRole("button")).toHaveCount(2);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(list.getByRole("button")).toHaveCount(5);

  await page.getByLabel("Verdict").selectOption("duplicate");
  await expect(list.getByRole("button")).toHaveCount(1);
  await expect(list).toContainText("Report Closed");
  await page.getByLabel("Verdict").selectOption("");
  await page.getByLabel("Event name").fill("opened");
  await page.getByLabel("Event name").press("Enter");
  await expect(list.getByRole("button")).toHaveCount(1);
  await opened.press("Enter");
  await expect(page.getByRole("region", { name: "As it was sent" })).toContainText('"report": 7');
  await expect(page.getByRole("region", { name: "As it is stored" })).toContainText('"receivedAt"');
  await expectAccessible(page);
  await page.getByRole("link", { name: "The person it joined" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "watched-1" })).toBeVisible();

  await page.goto(`/debugger?tab=kept&source=${id}`);
  const reasons = page.getByRole("table").filter({ hasText: "Reason" });
  await expect(reasons.getByRole("row").filter({ hasText: "missing_id" })).toContainText("1");
  await expect(page.getByText("Kept for 30 days")).toBeVisible();
  await reasons.getByRole("button", { name: "Replay all of missing_id" }).click();
  await expect(page.getByText(/0 of 1 message passed\. Still not taken: A message needs a userId/)).toBeVisible();
  const kept = page.getByRole("list", { name: "Messages" });
  await kept.getByRole("button", { name: /^.*Lost.*A message needs/ }).click();
  await expect(kept.getByText(/Replayed .*: refused\./)).toBeVisible();
  await expectAccessible(page);

  await page.goto("/debugger?tab=health");
  await page.getByLabel("Source").selectOption({ label: "Watched" });
  const figure = (name: string) => page.locator("dl > div").filter({ hasText: new RegExp(`^${name}`) });
  await expect(figure("Received")).toContainText("5");
  await expect(figure("Accepted")).toContainText("3");
  await expect(figure("Duplicate")).toContainText("1");
  await expect(figure("Refused")).toContainText("1");
  await page.getByText("The figures as a table").click();
  // A row for each minute, and a minute may have ended since the first message.
  const minutes = page.getByRole("table").filter({ hasText: "Wrong clock" }).getByRole("row");
  const received = async () => {
    const cells = await minutes.locator("td:nth-of-type(1)").allInnerTexts();
    return cells.reduce((sum, cell) => sum + Number(cell), 0);
  };
  await expect.poll(received).toBe(5);
  await expectAccessible(page);
});
