import type { APIRequestContext } from "@playwright/test";
import { createAudience, previewAudience } from "../core/api/audiences";
import { createFunnel } from "../core/api/funnels";
import { expectPageAccessible, listPages } from "./accessible";
import { answered } from "./answered";
import { test } from "./foothold";
import { activationFunnel, stuckBeforeActivation } from "./sample";

for (const path of listPages) {
  test(`${path} with the sample`, async ({ page }) => {
    await expectPageAccessible(page, path);
  });
}

test("an audience", async ({ page, api }) => {
  await expectPageAccessible(page, `/audiences/${await saveAudience(api)}`);
});

test("who enters and leaves an audience", async ({ page, api }) => {
  await expectPageAccessible(page, `/audiences/${await saveAudience(api)}?view=changes`);
});

test("an audience's editor", async ({ page, api }) => {
  await expectPageAccessible(page, `/audiences/${await saveAudience(api)}/edit`);
});

test("a person", async ({ page, api }) => {
  const preview = await answered(
    previewAudience.answer,
    api.post("/api/audiences/preview", { data: { definition: stuckBeforeActivation, limit: 1 } }),
  );
  const [person] = preview.people;
  await expectPageAccessible(page, `/profiles/${person?.id}`);
});

test("a funnel", async ({ page, api }) => {
  const { id } = await answered(
    createFunnel.answer,
    api.post("/api/funnels", { data: { name: "Seen by axe", funnel: activationFunnel } }),
  );
  await expectPageAccessible(page, `/funnels/${id}`);
});

test("a page that does not exist", async ({ page }) => {
  await expectPageAccessible(page, "/no-such-page", 404);
});

async function saveAudience(api: APIRequestContext): Promise<string> {
  const data = { name: "Seen by axe", definition: stuckBeforeActivation };
  return (await answered(createAudience.answer, api.post("/api/audiences", { data }))).id;
}
