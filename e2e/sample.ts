import { type APIRequestContext, expect } from "@playwright/test";
import { getSample } from "../core/api/workspace";

/** Loads the sample workspace through the API and waits until it is there. */
export async function loadSample(api: APIRequestContext): Promise<void> {
  expect((await api.post("/api/sample")).status()).toBe(202);
  const status = async () => getSample.answer.parse(await (await api.get("/api/sample")).json()).status;
  await expect.poll(status, { timeout: 120_000 }).toBe("loaded");
}
