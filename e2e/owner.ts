import { expect, type Page } from "@playwright/test";

/** The owner's account of every test server. */
export const owner = { name: "Ada Lovelace", email: "ada@example.com", password: "a long pass phrase" };

/** Makes the owner's account as the first visitor does; ends on the home page. */
export async function setUpOwner(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  await expect(page).toHaveURL(/\/setup$/);
  await page.getByLabel("Name").fill(owner.name);
  await page.getByLabel("Email").fill(owner.email);
  await page.getByLabel("Password").fill(owner.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(`${origin}/`);
}

export async function logIn(page: Page, password: string): Promise<void> {
  await page.getByLabel("Email").fill(owner.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
}
