import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import autocannon from "autocannon";
import * as z from "zod";

interface ServerTiming {
  /** All answers were 200. */
  eventsPerSecond: number;
  /** Processor time of the server's process for each event, merging in the background included. */
  cpuMicroseconds: number;
}

export interface IngestTiming {
  foothold: ServerTiming;
  bare: ServerTiming;
  eventsPerRequest: number;
  connections: number;
  seconds: number;
}

const eventsPerRequest = 100;
const connections = 10;
const started = z.object({ port: z.int(), writeKey: z.string() });

/** A batch as an SDK sends it, each with messageIds of its own: a repeated one would be a duplicate. */
function batchBody(writeKey: string, request: number): string {
  const events = Array.from({ length: eventsPerRequest }, (_, position) => {
    const id = request * eventsPerRequest + position;
    return `{"type":"track","event":"Task Created","userId":"user-${id % 50_000}","messageId":"bench-${id}","timestamp":"2026-10-30T12:00:00.000Z","properties":{"project_id":"p${id % 1000}","amount":${id % 97},"source":"web","title":"Write the performance page"},"context":{"library":{"name":"analytics-node","version":"3.1.0"}}}`;
  });
  return `{"writeKey":"${writeKey}","sentAt":"2026-10-30T12:00:00.000Z","batch":[${events.join(",")}]}`;
}

/** Loads the real server and one that only parses, one after the other, each in a process of its own. */
export async function timeIngest(dataDir: string, seconds: number): Promise<IngestTiming> {
  const foothold = await load(["foothold", dataDir], seconds);
  const bare = await load(["bare"], seconds);
  return { foothold, bare, eventsPerRequest, connections, seconds };
}

async function load(args: readonly string[], seconds: number): Promise<ServerTiming> {
  const server = fork(join(import.meta.dirname, "serve.ts"), args, { execArgv: ["--import", "tsx"] });
  try {
    const [message] = await Promise.race([once(server, "message"), failure(server)]);
    const { port, writeKey } = started.parse(message);
    let requests = 0;
    const fire = (duration: number) =>
      autocannon({
        url: `http://127.0.0.1:${port}/v1/batch`,
        connections,
        duration,
        requests: [
          {
            method: "POST",
            headers: { "content-type": "application/json" },
            setupRequest: (request) => ({ ...request, body: batchBody(writeKey, requests++) }),
          },
        ],
      });
    await fire(Math.min(3, seconds));
    const cpuBefore = await cpuOf(server);
    const result = await fire(seconds);
    const cpuAfter = await cpuOf(server);
    if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refusals, ${result.errors} errors`);
    const events = result["2xx"] * eventsPerRequest;
    return { eventsPerSecond: events / result.duration, cpuMicroseconds: (cpuAfter - cpuBefore) / events };
  } finally {
    server.kill("SIGTERM");
    if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
  }
}

/** Processor time of a process of the bench so far, in microseconds. */
async function cpuOf(server: ChildProcess): Promise<number> {
  server.send("cpu");
  const [message] = await once(server, "message");
  return z.object({ cpuMicroseconds: z.number() }).parse(message).cpuMicroseconds;
}

async function failure(server: ChildProcess): Promise<never> {
  await once(server, "exit");
  throw new Error("A server of the bench did not start");
}
