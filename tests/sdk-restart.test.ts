import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Analytics } from "@segment/analytics-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSource, getSource } from "@/core/api/sources";
import { freePort } from "./support/free-port";
import { buildProduct, type ServerProcess, spawnServer, untilReady } from "./support/server-process";

let folder: string;
let server: ServerProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foothold-sdk-restart-"));
  await buildProduct();
}, 600_000);
afterAll(async () => {
  server.child.kill("SIGKILL");
  await server.exited;
  await rm(folder, { recursive: true, force: true });
});

test("analytics-node goes on through a kill of the server in mid-flight, and every message is there once", {
  timeout: 120_000,
}, async () => {
  const port = String(await freePort());
  server = await spawnServer(join(folder, "data"), { PORT: port });
  await untilReady(server);
  const made = await server.call("POST", "/api/sources", { name: "Server" });
  const { id, writeKey } = createSource.answer.parse(await made.json());

  const analytics = new Analytics({ writeKey, host: server.origin, flushAt: 20, maxRetries: 20 });
  const failures: unknown[] = [];
  let answered = 0;
  analytics.on("error", (error) => failures.push(error));
  analytics.on("http_response", ({ status }) => {
    if (status === 200) answered += 1;
  });
  let sent = 0;
  const send = async (count: number) => {
    for (let n = 0; n < count; n += 1) {
      analytics.track({ userId: `user-${sent % 50}`, event: "Report Opened", properties: { n: sent++ } });
      if (n % 20 === 0) await sleep(1);
    }
  };
  await send(1_000);
  while (answered < 5) await sleep(1);
  server.child.kill("SIGKILL");
  await server.exited;
  await send(500);
  server = await spawnServer(join(folder, "data"), { PORT: port });
  await untilReady(server);
  await analytics.closeAndFlush({ timeout: 90_000 });

  expect(failures).toEqual([]);
  const read = await server.call("GET", `/api/sources/${id}`);
  expect(getSource.answer.parse(await read.json())).toMatchObject({ messages: 1_500, rejections: [] });
});
