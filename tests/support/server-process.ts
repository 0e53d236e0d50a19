import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "./free-port";
import { testToken } from "./services";

/** Builds what `npm start` serves, unless it is built. */
export async function buildProduct(): Promise<void> {
  await promisify(execFile)(process.execPath, ["-e", 'import("./scripts/build.mjs").then(({ build }) => build())'], {
    env: { ...process.env, NODE_ENV: "production" },
  });
}

export interface ServerProcess {
  child: ChildProcess;
  origin: string;
  /** All that it has written so far. */
  said(): string;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** A call with the owner's token. */
  call(method: string, path: string, body?: unknown): Promise<Response>;
}

/** Starts the built server on a folder; resolves at once. */
export async function spawnServer(dataDir: string, env: Record<string, string> = {}): Promise<ServerProcess> {
  const port = env.PORT ?? String(await freePort());
  const child = spawn(process.execPath, ["--enable-source-maps", "dist/server.js"], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: "production",
      DATA_DIR: dataDir,
      PORT: port,
      FOOTHOLD_API_TOKEN: testToken,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (piece: Buffer) => {
      said += piece.toString();
    });
  }
  const origin = `http://localhost:${port}`;
  return {
    child,
    origin,
    said: () => said,
    exited: once(child, "exit").then(([code, signal]) => ({ code, signal })),
    call: (method, path, body) =>
      fetch(`${origin}${path}`, {
        method,
        headers: { authorization: `Bearer ${testToken}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** Resolves once the server serves, with the statuses that its health has had until then; throws when it ends instead. */
export async function untilReady({ child, origin, said }: ServerProcess): Promise<number[]> {
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 1_200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${said()}`);
    const status = await fetch(`${origin}/api/health`).then(
      (answer) => answer.status,
      () => 0,
    );
    statuses.push(status);
    if (status === 200) return statuses;
    await sleep(50);
  }
  throw new Error(`The server does not get ready:\n${said()}`);
}
