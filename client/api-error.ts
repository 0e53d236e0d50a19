import type { ErrorCode } from "@/core/errors";

/** A refused or failed call: the server's code, its words, and where in the sent body the fault lies. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    readonly code: ErrorCode | "unreachable",
    message: string,
    readonly path?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The words of any error, for people. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "Something went wrong. Try again.";
}
