import { expect, test } from "@playwright/test";
import { expectPageAccessible } from "./accessible";
import { owner, setUpOwner } from "./owner";
import { type ServerProcess, startServer } from "./server-process";

let server: ServerProcess;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => {
  await server.stop();
});

test("whoever comes first makes the owner's account, and nobody after", async ({ page, browser }) => {
  await expectPageAccessible(page, `${server.origin}/setup`);
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.goto(`${server.origin}/setup`);
  await page.getByLabel("Name").fill(owner.name);
  await page.getByLabel("Email").fill(owner.email);
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page, "a short password is not taken").toHaveURL(/\/setup$/);

  await setUpOwner(page, server.origin);
  await expect(page.getByRole("button", { name: "Load the sample workspace" })).toBeVisible();

  const stranger = await browser.newContext();
  const strangersPage = await stranger.newPage();
  await strangersPage.goto(`${server.origin}/setup`);
  await expect(strangersPage).toHaveURL(/\/login$/);
  const answer = await stranger.request.post(`${server.origin}/api/auth/sign-up/email`, {
    data: { name: "Mallory", email: "mallory@example.com", password: "another long one" },
  });
  expect(answer.status()).toBeGreaterThanOrEqual(400);
  expect(answer.status()).toBeLessThan(500);
  await stranger.close();
});
