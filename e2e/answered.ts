import { type APIResponse, expect } from "@playwright/test";
import type * as z from "zod";

/** What the API answered, held against the declaration of its endpoint; an error's text where it is one. */
export async function answered<Answer>(answer: z.ZodType<Answer>, response: Promise<APIResponse>): Promise<Answer> {
  const got = await response;
  expect(got.ok(), `${got.status()} from ${got.url()}: ${await got.text()}`).toBe(true);
  return answer.parse(await got.json());
}
