import { Analytics } from "@segment/analytics-node";
import { previewAudience } from "../core/api/audiences";
import { createSource } from "../core/api/sources";
import { answered } from "./answered";
import { expect, test } from "./foothold";

test.use({ workspace: "own", sample: false });

test("a source waits, hears an unmodified Segment SDK, and its person is in the next preview", async ({
  page,
  api,
  foothold,
}) => {
  await page.goto("/sources");
  await page.getByRole("button", { name: "Add a source" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("API server");
  await page.getByRole("dialog").getByRole("button", { name: "Add source" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "API server" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Waiting for the first message" })).toBeVisible();
  const writeKey = (await page.getByRole("region", { name: "Write key" }).getByRole("code").textContent()) ?? "";

  const analytics = new Analytics({ writeKey, host: foothold.origin });
  analytics.identify({ userId: "sdk-1", traits: { email: "sdk@example.com", plan: "trial" } });
  analytics.track({ userId: "sdk-1", event: "Account Created", properties: { plan: "trial" } });
  await analytics.closeAndFlush();

  const definition = { version: 1, root: { kind: "event", event: "Account Created" } };
  const preview = await answered(previewAudience.answer, api.post("/api/audiences/preview", { data: { definition } }));
  expect(preview.people.map((person) => person.email)).toEqual(["sdk@example.com"]);

  await expect(page.getByRole("status").filter({ hasText: "Messages come in" })).toContainText("2 messages");
});

test("what is refused is named in the answer and on the source's page", async ({ page, api, foothold }) => {
  const { id, writeKey } = await answered(
    createSource.answer,
    api.post("/api/sources", { data: { name: "Broken sender" } }),
  );
  const answer = await api.post(`${foothold.origin}/v1/batch`, {
    headers: { authorization: `Basic ${btoa(`${writeKey}:`)}` },
    data: {
      batch: [
        { type: "track", userId: "b-1" },
        { type: "track", userId: "b-2", event: "Fine" },
      ],
    },
  });
  expect(answer.status()).toBe(200);
  const said = await answer.json();
  expect(said).toMatchObject({ success: true, rejected: [{ index: 0 }] });

  await page.goto(`/sources/${id}`);
  await expect(page.getByRole("table").filter({ hasText: said.rejected[0].code })).toBeVisible();
});
