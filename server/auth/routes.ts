import { Hono } from "hono";
import * as z from "zod";
import { parseInput } from "@/core/parse-input";
import { AppError, type ErrorCode, errorStatus } from "../../core/errors";
import type { AppEnv } from "../http/app-env";
import { methodNotAllowed } from "../http/errors";
import { readJsonBody } from "../http/read-body";
import { assertStorable } from "../http/storable";
import type { Installation } from "../services";
import { type Auth, clientAddressHeader } from "./open";
import { hasOwner } from "./owner";

const maxBodyBytes = 64 * 1024;
const email = z.email().max(320);
const password = z.string().min(8).max(128);

/** The calls of the auth library that are let through, each with what it takes; all others do not exist. */
const calls = {
  "sign-up/email": z.object({ name: z.string().trim().min(1).max(200), email, password }),
  "sign-in/email": z.object({ email, password: z.string().min(1).max(128), rememberMe: z.boolean().optional() }),
  "sign-out": z.object({}),
  "change-password": z.object({
    currentPassword: z.string().min(1).max(128),
    newPassword: password,
    revokeOtherSessions: z.boolean().optional(),
  }),
} as const;

const refusal = z.object({ message: z.string().min(1) });

/** Sign-up (for the owner alone), sign-in, sign-out and a change of password, by the auth library, with our errors. */
export function authRoutes({ metadata }: Installation, auth: Auth): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  for (const [name, shape] of Object.entries(calls)) {
    routes.post(`/api/auth/${name}`, async (context) => {
      const sent = (await readJsonBody(context.req.raw, maxBodyBytes)) ?? {};
      assertStorable(sent);
      const body = parseInput(shape, sent, "The body");
      if (name === "sign-up/email" && (await hasOwner(metadata))) throw closed();
      const request = context.req.raw;
      const response = await auth.handler(handedOn(request, body, context.env?.clientAddress));
      return answerOf(response, name, cameOverTls(request));
    });
    routes.all(`/api/auth/${name}`, (context) => methodNotAllowed(context.req.method, ["POST"]));
  }
  return routes;
}

function closed(): AppError {
  return new AppError("forbidden", "The owner's account exists already. Log in with it.");
}

function handedOn(request: Request, body: unknown, clientAddress: string | undefined): Request {
  const headers = new Headers({ "content-type": "application/json" });
  for (const name of ["cookie", "user-agent"]) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  if (clientAddress !== undefined) headers.set(clientAddressHeader, clientAddress);
  return new Request(request.url, { method: "POST", headers, body: JSON.stringify(body) });
}

const codes: Readonly<Record<number, ErrorCode>> = {
  [errorStatus.unauthenticated]: "unauthenticated",
  [errorStatus.forbidden]: "forbidden",
  [errorStatus.not_found]: "not_found",
  [errorStatus.conflict]: "conflict",
  [errorStatus.rate_limited]: "rate_limited",
};

/** A proxy before us may end TLS without PUBLIC_URL being set: the cookie is then for TLS alone all the same. */
function cameOverTls(request: Request): boolean {
  return request.headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
}

function secured(cookie: string): string {
  return /;\s*secure(;|$)/i.test(cookie) ? cookie : `${cookie}; Secure`;
}

async function answerOf(response: Response, call: string, overTls: boolean): Promise<Response> {
  // The body holds the session's token, which no script of a page may see: the cookie alone goes on.
  if (response.ok) {
    const headers = new Headers({ "cache-control": "no-store" });
    for (const cookie of response.headers.getSetCookie())
      headers.append("set-cookie", overTls ? secured(cookie) : cookie);
    return Response.json({}, { headers });
  }
  const said = refusal.safeParse(await response.json().catch(() => undefined)).data?.message;
  if (response.status >= 500) throw new Error(`The auth library failed at ${call}: ${said ?? response.status}`);
  // The library answers 422 where the account could not be made: another first visit was quicker.
  if (response.status === 422) throw closed();
  if (call === "sign-in/email" && response.status === errorStatus.unauthenticated) {
    throw new AppError("unauthenticated", "The email or the password is wrong.");
  }
  throw new AppError(codes[response.status] ?? "invalid", said ?? "This could not be done.");
}
