import { readFile } from "node:fs/promises";
import { createAudience } from "../core/api/audiences";
import { createSource } from "../core/api/sources";
import { expectAccessible } from "./accessible";
import { answered } from "./answered";
import { expect, test } from "./foothold";

test.use({ workspace: "files", sample: false });

test("a file on a schedule into a folder, and a link that expires", async ({ page, api, playwright }) => {
  const source = await answered(createSource.answer, api.post("/api/sources", { data: { name: "App" } }));
  const batch = ["ann", "bob"].map((userId) => ({ type: "track", userId, event: "Account Created" }));
  await api.post("/v1/batch", { data: { writeKey: source.writeKey, batch } });
  const definition = { version: 1, root: { kind: "event", event: "Account Created" } };
  const audience = await answered(
    createAudience.answer,
    api.post("/api/audiences", { data: { name: "Signed up", definition } }),
  );

  await page.goto(`/audiences/${audience.id}?view=files`);
  await expect(page.getByRole("heading", { name: "No file is made by itself yet" })).toBeVisible();
  await page.getByRole("button", { name: "New schedule" }).click();
  // Without a destination that takes files there is email, which nobody has set up here.
  await page.getByLabel("Email addresses").fill("anna@example.com");
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Email is not set up here" })).toBeVisible();
  await page.getByRole("link", { name: "S3 or a local folder" }).click();

  await page.getByRole("button", { name: /^Local files/ }).click();
  await page.getByLabel("Folder").fill("../elsewhere");
  await page.getByRole("button", { name: "Test the connection" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "names of letters" })).toBeVisible();
  await page.getByLabel("Folder").fill("crm");
  await page.getByRole("button", { name: "Test the connection" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Files are written to" })).toBeVisible();
  await page.getByRole("button", { name: "Connect Local files" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Local files" })).toBeVisible();
  await page.getByRole("tab", { name: "Files" }).click();
  await expect(page.getByRole("heading", { name: "No file on a schedule goes here yet" })).toBeVisible();
  const destination = page.url();

  await page.goto(`/audiences/${audience.id}?view=files`);
  await page.getByRole("button", { name: "New schedule" }).click();
  const dialog = page.getByRole("dialog", { name: "File on a schedule" });
  await dialog.getByLabel("How often").selectOption("every week");
  await dialog.getByLabel("Day of the week").selectOption("Friday");
  await dialog.getByLabel("Time of the day").fill("07:30");
  await dialog.getByRole("button", { name: "Choose columns" }).click();
  await dialog.getByRole("checkbox", { name: /^profileId/ }).click();
  await dialog.getByRole("checkbox", { name: /^email/ }).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Set up" }).click();

  const card = page.getByRole("list", { name: "Schedules" }).getByRole("listitem").first();
  await expect(card).toContainText("CSV every Friday at 07:30: userId, profileId");
  await expect(card).toContainText(/Next on Fri .* 07:30/);
  await card.getByRole("button", { name: "Run now" }).click();
  await expect(card).toContainText("2 people,");
  const place = (await card.getByText(/\/crm\/signed_up\/members\/.*\.csv$/).textContent()) ?? "";
  expect(await readFile(place, "utf8")).toMatch(/^userId,profileId\r\nann,p\d+\r\nbob,p\d+\r\n$/);
  await card.getByRole("button", { name: "Files made" }).click();
  await expect(card.getByRole("list", { name: "Files made" }).getByRole("listitem")).toHaveCount(1);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Copy a link…" }).click();
  await page.getByLabel("It works for").selectOption("7 days");
  await page.getByRole("button", { name: "Copy link" }).click();
  const url = await page.getByRole("textbox", { name: "The link" }).inputValue();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  const anybody = await playwright.request.newContext();
  expect(await (await anybody.get(url)).text()).toBe("userId,email\r\nann,\r\nbob,\r\n");
  const links = page.getByRole("region", { name: "Links that work" });
  await expect(links).toContainText("CSV: userId, email");
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
  }
  await links.getByRole("button", { name: /^Revoke the link/ }).click();
  await expect(links).toHaveCount(0);
  expect((await anybody.get(url)).status()).toBe(403);
  await anybody.dispose();

  await page.goto(destination);
  await expect(page.getByRole("list", { name: "Schedules" })).toContainText("Signed up");
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("Paused", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", { name: "No file on a schedule goes here yet" })).toBeVisible();
  expect(await readFile(place, "utf8")).toContain("ann");
});
