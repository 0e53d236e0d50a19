import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import autocannon from "autocannon";
import * as z from "zod";
import { median } from "./median";

/** How requests are sent: as a server's SDK does in batches, and as devices do one by one. */
const ways = {
  batches: { path: "/v1/batch", events: 100, connections: 10 },
  single: { path: "/v1/track", events: 1, connections: 50 },
} as const;
type Way = keyof typeof ways;

export interface WayTiming {
  requestsPerSecond: number;
  eventsPerSecond: number;
  /** Milliseconds from request to acknowledgement. */
  p50: number;
  p99: number;
  /** Processor time of the server's process for each event, merging in the background included. */
  cpuMicroseconds: number;
}

type ServerTiming = Record<Way, WayTiming>;

export interface IngestTiming {
  foothold: ServerTiming;
  bare: ServerTiming;
  seconds: number;
  /** A short preview over HTTP: with nothing coming in, and while half of what the server can take does. */
  preview: { aloneMs: number; whileIngestingMs: number; eventsPerSecond: number };
  /** Resident bytes of the server after each minute of full load; empty where none was asked for. */
  memory: readonly number[];
}

const token = "a-token-of-the-bench-and-no-other";
const started = z.object({ port: z.int(), writeKey: z.string() });
const usage = z.object({ cpuMicroseconds: z.number(), residentBytes: z.number() });

let sent = 0;

/** An event as an SDK sends it, with a messageId of its own: a repeated one would be a duplicate. */
function event(): string {
  const id = sent++;
  return `{"type":"track","event":"Task Created","userId":"user-${id % 50_000}","messageId":"bench-${id}","timestamp":"2026-10-30T12:00:00.000Z","properties":{"project_id":"p${id % 1000}","amount":${id % 97},"source":"web","title":"Write the performance page"},"context":{"library":{"name":"analytics-node","version":"3.1.0"}},"sentAt":"2026-10-30T12:00:00.000Z"}`;
}

function body(way: Way): string {
  if (way === "single") return event();
  return `{"sentAt":"2026-10-30T12:00:00.000Z","batch":[${Array.from({ length: ways.batches.events }, event).join(",")}]}`;
}

/** Loads the real server and one that only parses, one after the other, each in a process of its own. */
export async function timeIngest(dataDir: string, seconds: number, soakMinutes: number): Promise<IngestTiming> {
  const bare = await withServer(["bare"], (server) => timeWays(server, seconds));
  return withServer(["foothold", dataDir], async (server) => {
    const foothold = await timeWays(server, seconds);
    const preview = await timePreview(server, foothold.batches.eventsPerSecond / 2, seconds);
    return { foothold, bare, seconds, preview, memory: await soak(server, soakMinutes) };
  });
}

interface Server {
  process: ChildProcess;
  origin: string;
  writeKey: string;
}

async function withServer<Answer>(args: readonly string[], work: (server: Server) => Promise<Answer>): Promise<Answer> {
  const child = fork(join(import.meta.dirname, "serve.js"), args, {
    env: { ...process.env, FOOTHOLD_API_TOKEN: token },
  });
  try {
    const [message] = await Promise.race([once(child, "message"), failure(child)]);
    const { port, writeKey } = started.parse(message);
    return await work({ process: child, origin: `http://127.0.0.1:${port}`, writeKey });
  } finally {
    child.kill("SIGTERM");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
}

async function timeWays(server: Server, seconds: number): Promise<ServerTiming> {
  await fire(server, "batches", Math.min(3, seconds));
  return { batches: await timeWay(server, "batches", seconds), single: await timeWay(server, "single", seconds) };
}

async function timeWay(server: Server, way: Way, seconds: number): Promise<WayTiming> {
  const before = await usageOf(server);
  const { requests, duration, latency } = await fire(server, way, seconds);
  const after = await usageOf(server);
  const events = requests.total * ways[way].events;
  return {
    requestsPerSecond: requests.total / duration,
    eventsPerSecond: events / duration,
    p50: latency.p50,
    p99: latency.p99,
    cpuMicroseconds: (after.cpuMicroseconds - before.cpuMicroseconds) / events,
  };
}

/** All answers must be 200. `rate`: requests a second, as many as go when absent. */
async function fire({ origin, writeKey }: Server, way: Way, seconds: number, rate?: number) {
  const { path, connections } = ways[way];
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}`;
  const result = await autocannon({
    url: `${origin}${path}`,
    connections,
    duration: seconds,
    ...(rate !== undefined && { overallRate: Math.max(1, Math.round(rate)) }),
    requests: [
      {
        method: "POST",
        headers: { "content-type": "application/json", authorization },
        setupRequest: (request) => ({ ...request, body: body(way) }),
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refusals, ${result.errors} errors`);
  return { ...result, requests: { total: result["2xx"] } };
}

async function timePreview(server: Server, eventsPerSecond: number, seconds: number) {
  const aloneMs = await previewsFor(server, Math.min(3, seconds));
  const load = fire(server, "batches", seconds, eventsPerSecond / ways.batches.events);
  const whileIngestingMs = await previewsFor(server, Math.max(1, seconds - 2));
  await load;
  return { aloneMs, whileIngestingMs, eventsPerSecond };
}

/** Median milliseconds of previews that are asked for a fifth of a second apart. */
async function previewsFor({ origin }: Server, seconds: number): Promise<number> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const start = performance.now();
    const answer = await fetch(`${origin}/api/audiences/preview`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: '{"definition":{"version":1,"root":{"kind":"event","event":"Task Created","window":{"kind":"last","amount":90,"unit":"day"}}}}',
    });
    if (!answer.ok) throw new Error(`A preview was answered with ${answer.status}`);
    await answer.arrayBuffer();
    times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return median(times);
}

async function soak(server: Server, minutes: number): Promise<number[]> {
  const memory: number[] = [];
  for (let minute = 1; minute <= minutes; minute += 1) {
    await fire(server, "batches", 60);
    memory.push((await usageOf(server)).residentBytes);
  }
  return memory;
}

/** Of a process of the bench so far. */
async function usageOf({ process: child }: Server): Promise<z.infer<typeof usage>> {
  child.send("usage");
  const [message] = await once(child, "message");
  return usage.parse(message);
}

async function failure(child: ChildProcess): Promise<never> {
  await once(child, "exit");
  throw new Error("A server of the bench did not start");
}
