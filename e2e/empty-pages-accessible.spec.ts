import { expectPageAccessible, listPages } from "./accessible";
import { test } from "./foothold";

test.use({ workspace: "empty", sample: false });

for (const path of listPages) {
  test(`${path} of an empty workspace`, async ({ page }) => {
    await expectPageAccessible(page, path);
  });
}

test.describe("signed out", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("the login page", async ({ page }) => {
    await expectPageAccessible(page, "/login");
  });
});
