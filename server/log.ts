import { destination, type Logger as Pino, pino } from "pino";
import type { Env } from "./env";

export type Logger = Pick<Pino, "debug" | "info" | "warn" | "error" | "child">;

/** One JSON object a line, on stderr: stdout belongs to the progress that people read at the start. */
export function openLog(env: Pick<Env, "logLevel">): Logger {
  return pino(
    { level: env.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ dest: 2, sync: true }),
  );
}
