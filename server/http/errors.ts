import { randomUUID } from "node:crypto";
import { AppError, errorStatus } from "../../core/errors";
import type { Logger } from "../log";

const names: Readonly<Record<string, true>> = { AbortError: true, ResponseAborted: true };

/** The error as it is answered: its own message where it is an AppError, else nothing but a number to find it in the log. */
export function errorResponse(error: unknown, request: Request, log: Logger): Response {
  if (error instanceof AppError && error.code !== "internal") return answerOf(error);
  if (request.signal.aborted && error instanceof Error && names[error.name]) {
    return answerOf(new AppError("cancelled", "The request was cancelled.", undefined, { cause: error }));
  }
  const requestId = randomUUID();
  const { pathname } = new URL(request.url);
  log.error({ err: error, requestId, method: request.method, path: pathname }, "A request failed");
  const response = answerOf(
    new AppError("internal", `Something went wrong on the server. Its log says what, under request ${requestId}.`),
  );
  response.headers.set("x-request-id", requestId);
  return response;
}

/** The refusal of a method at an address that knows others. */
export function methodNotAllowed(method: string, allowed: readonly string[]): Response {
  const known = [...allowed].sort().join(", ");
  const response = answerOf(new AppError("method_not_allowed", `${method} is not possible here; ${known} is.`));
  response.headers.set("allow", known);
  return response;
}

function answerOf({ code, message, path, retryAfterSeconds }: AppError): Response {
  const headers = new Headers({ "cache-control": "no-store" });
  if (code === "unauthenticated") headers.set("www-authenticate", "Bearer");
  if (code === "unavailable" || code === "rate_limited") headers.set("retry-after", String(retryAfterSeconds));
  return Response.json(
    { error: { code, message, ...(path === undefined ? {} : { path }) } },
    { status: errorStatus[code], headers },
  );
}
