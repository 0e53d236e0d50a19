import { EnvError, readEnv } from "./server/env";
import { ListenError } from "./server/http/listen";
import { LockedError } from "./server/lock";
import { openLog } from "./server/log";
import { startServer } from "./server/start";
import { StoreError } from "./server/store-error";

/** Whose fault it is: a message for the operator is enough, and a stack would hide it. */
const operatorErrors = [EnvError, LockedError, ListenError, StoreError];

function fail(error: unknown): never {
  // A store may fail by a defect of ours as well: then the stack is what is needed.
  if (error instanceof StoreError) console.error(error.cause);
  const known = operatorErrors.some((kind) => error instanceof kind);
  console.error(known && error instanceof Error ? `\n${error.message}\n` : error);
  process.exit(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Serves until a signal; the address is that of a server which answers. */
async function main(): Promise<string> {
  const env = readEnv(process.env);
  const log = openLog(env);
  const server = await startServer(env, log);

  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    say(`Stopping on ${signal}: ending what was begun`);
    await server.stop();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.on(signal, () => {
      stop(signal).catch(fail);
    });
  }
  await server.ready;
  return server.address;
}

export const address = await main().catch(fail);
// Whoever loads this module says so in words of its own.
if (process.argv[1] === import.meta.filename) say(`Foothold is ready at ${address}`);
