import * as z from "zod";
import { ApiError } from "./api-error";

const refusal = z.object({ message: z.string().optional(), error: z.object({ message: z.string() }).optional() });

/** Makes the owner's account and signs it in. */
export function signUp(account: { name: string; email: string; password: string }): Promise<void> {
  return post("/api/auth/sign-up/email", account);
}

export function signIn(account: { email: string; password: string }): Promise<void> {
  return post("/api/auth/sign-in/email", account);
}

export function signOut(): Promise<void> {
  return post("/api/auth/sign-out", {});
}

/** The calls of the auth library are not ours to declare; all we need of an answer is its refusal. */
async function post(path: string, body: object): Promise<void> {
  const response = await fetch(path, {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch((error: unknown) => {
    throw new ApiError("unreachable", "Foothold cannot be reached. Is it running?", undefined, { cause: error });
  });
  if (response.ok) return;
  const said = refusal.safeParse(await response.json().catch(() => undefined)).data;
  const code = response.status === 429 ? "rate_limited" : response.status === 401 ? "unauthenticated" : "invalid";
  throw new ApiError(
    code,
    said?.error?.message ?? said?.message ?? `The server answered with status ${response.status}.`,
  );
}
