import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";

const said = z.object({
  sent: z.int(),
  acknowledged: z.int(),
  refused: z.int(),
  unsent: z.array(z.int()),
  failures: z.array(z.string()),
  stored: z.object({ messages: z.int(), ids: z.int() }),
  faults: z.array(z.string()),
});

/** A disk of one's own needs no rights where the kernel lets anybody have a namespace; else files may not grow past a size. */
const canMount = spawnSync("unshare", ["-Urm", "true"]).status === 0;
const onSmallDisk = canMount
  ? ["unshare", "-Urm", "sh", "-c", 'mount -t tmpfs -o size=100m tmpfs "$1" && shift && exec "$@"', "sh"]
  : ["bash", "-c", 'ulimit -f 3000; shift; exec "$@"', "bash"];

test("a disk that runs full loses nothing that was acknowledged, and what was not is stored once there is room", {
  timeout: 180_000,
}, async () => {
  const disk = await mkdtemp(join(tmpdir(), "foothold-full-"));
  const [command = "", ...args] = onSmallDisk;
  const child = fork("tests/support/full-disk-child.ts", [disk, canMount ? "60" : "0"], {
    execPath: command,
    execArgv: [...args, disk, process.execPath, "--import", "tsx"],
    env: { ...process.env, UV_THREADPOOL_SIZE: "16" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [message] = await Promise.race([once(child, "message"), once(child, "exit")]);
  const outcome = said.parse(message);
  if (child.exitCode === null) await once(child, "exit");
  expect(outcome.refused, JSON.stringify(outcome)).toBeGreaterThan(0);
  expect(outcome.acknowledged).toBeGreaterThan(20);
  expect(outcome).toMatchObject({ unsent: [], faults: [] });
  expect(outcome.stored).toEqual({ messages: outcome.sent, ids: outcome.sent });
  await rm(disk, { recursive: true, force: true });
});
