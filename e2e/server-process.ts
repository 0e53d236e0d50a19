import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

export interface ServerProcess {
  origin: string;
  /** An owner's API token that holds from boot. */
  token: string;
  /** Stops the server as an operator would, and throws its folder away. */
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No free port was found.");
  return address.port;
}

/** Starts the built server on a free port and an empty folder; resolves once it can serve. */
export async function startServer(): Promise<ServerProcess> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "foothold-e2e-"));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const token = randomBytes(24).toString("hex");
  const child = spawn(process.execPath, ["--enable-source-maps", "dist/server.js"], {
    cwd: path.dirname(import.meta.dirname),
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: String(port),
      DATA_DIR: dataDir,
      FOOTHOLD_API_TOKEN: token,
      // The tools that tests stand in for are on this machine.
      FOOTHOLD_ALLOW_PRIVATE_ADDRESSES: "true",
      // As scripts/start.cjs sets it.
      UV_THREADPOOL_SIZE: "16",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  const keep = (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-20_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const exited = once(child, "exit");

  const deadline = Date.now() + 120_000;
  for (;;) {
    const healthy = await fetch(`${origin}/api/health`).then(
      (answer) => answer.status === 200,
      () => false,
    );
    if (healthy) break;
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`The server did not start.\n${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }

  return {
    origin,
    token,
    async stop() {
      child.kill("SIGTERM");
      await exited;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
