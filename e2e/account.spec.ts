import { expect, test } from "./foothold";
import { logIn, owner } from "./owner";

test.use({ workspace: "account", sample: false });

test.describe("signed out", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("a wrong password is told, the right one leads in, and logging out ends it", async ({ page }) => {
    await page.goto("/");
    await expect(page).toHaveURL(/\/login/);
    await logIn(page, "not the pass phrase");
    await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
    await expect(page).toHaveURL(/\/login/);
    await logIn(page, owner.password);
    await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();

    await page.goto("/settings");
    await page.getByRole("button", { name: "Log out" }).click();
    await expect(page).toHaveURL(/\/login/);
    expect((await page.request.get("/api/workspace")).status(), "the session is over").toBe(401);
    await page.goto("/audiences");
    await expect(page).toHaveURL(/\/login/);
  });

  test("the API answers nobody", async ({ playwright, foothold }) => {
    const nobody = await playwright.request.newContext({ baseURL: foothold.origin });
    for (const path of ["/api/workspace", "/api/events", "/api/audiences", "/api/tokens", "/api/imports"]) {
      const answer = await nobody.get(path);
      expect(answer.status(), path).toBe(401);
      expect(await answer.json()).toMatchObject({ error: { code: "unauthenticated" } });
    }
    await nobody.dispose();
  });
});

test("the session's cookie cannot be read by scripts nor sent by other sites", async ({ foothold }) => {
  expect(foothold.signedIn.cookies.length).toBeGreaterThan(0);
  for (const cookie of foothold.signedIn.cookies) {
    expect(cookie.httpOnly).toBe(true);
    expect(["Lax", "Strict"]).toContain(cookie.sameSite);
  }
});
