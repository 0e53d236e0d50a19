import { AppError } from "@/core/errors";
import { EventStoreError } from "./event-store";

const timeoutExceeded = 159;
const memoryLimitExceeded = 241;
const queryWasCancelled = 394;

function codeOf(error: unknown): number {
  if (error instanceof Error) {
    const code = "clickhouseCode" in error ? error.clickhouseCode : "code" in error ? error.code : undefined;
    if (typeof code === "number") return code;
    if (typeof code === "string" && /^\d+$/.test(code)) return Number(code);
    const named = /\bCode: (\d+)\. DB::/.exec(error.message)?.[1];
    if (named !== undefined) return Number(named);
  }
  return 0;
}

/** The engine's failure as the product's error: what the caller can do something about as AppError, all else as EventStoreError. */
export function fromEngine(error: unknown, timeoutSeconds: number): Error {
  if (error instanceof AppError || error instanceof EventStoreError) return error;
  switch (codeOf(error)) {
    case timeoutExceeded:
      return new AppError(
        "timed_out",
        `This took longer than ${timeoutSeconds} seconds and was stopped. Narrow it by time or by event, or try again when less is running.`,
        undefined,
        { cause: error },
      );
    case memoryLimitExceeded:
      return new AppError(
        "unavailable",
        "This needs more memory than one query may use and was stopped. Narrow it by time or by event, or give the server more memory.",
        undefined,
        { cause: error },
      );
    case queryWasCancelled:
      return new AppError("cancelled", "The request was cancelled.", undefined, { cause: error });
    default:
      return new EventStoreError(error instanceof Error ? error.message : String(error), codeOf(error), {
        cause: error,
      });
  }
}

export function cancelled(): AppError {
  return new AppError("cancelled", "The request was cancelled.");
}
