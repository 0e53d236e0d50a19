import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import * as z from "zod";
import { readEnv } from "@/server/env";
import { openLog } from "@/server/log";
import { openInstallation } from "@/server/open-installation";
import { timeExport } from "./exports";
import { generateOnce } from "./generate";
import { timeIngest } from "./ingest";
import { timeMembership } from "./membership";
import { membershipSection } from "./membership-report";
import { timeOtherEngines } from "./other-engines";
import { timePreviews } from "./previews";
import { report, type SizeResult } from "./report";
import { timeSlow } from "./slow";
import { tableSizes } from "./storage";

/**
 * npm run bench -- [--events 1000000,10000000] [--data FOLDER] [--repetitions 9] [--seconds 10] [--soak 0] [--others 10000000] [--out FILE]
 * npm run bench -- --membership 10,100,1000 [--events 2000000] [--seconds 30] times live membership alone, with so many audiences.
 * Prints the page; writes it only where --out says, which is docs/performance.md for the sizes that belong there. A hundred
 * million takes half an hour to generate: --data keeps each size in a folder there, and finds it again.
 */
const standardSizes = "1000000,10000000";
const { values } = parseArgs({
  options: {
    events: { type: "string", default: standardSizes },
    repetitions: { type: "string", default: "9" },
    seconds: { type: "string", default: "10" },
    /** Minutes of full load after which, each, the server's memory is noted. */
    soak: { type: "string", default: "0" },
    membership: { type: "string" },
    data: { type: "string" },
    /** Other engines are loaded up to this size; by hand is asked up to it as well. */
    others: { type: "string", default: "10000000" },
    out: { type: "string" },
  },
});
const count = z.coerce.number().int().min(1);
const sizes = z.array(count.min(1_000)).parse(values.events.split(","));
const repetitions = count.parse(values.repetitions);
const seconds = count.parse(values.seconds);
const soakMinutes = z.coerce.number().int().min(0).parse(values.soak);
const others = count.parse(values.others);
const out = values.out ?? (values.events === standardSizes ? "docs/performance.md" : undefined);

async function inFreshFolder<Answer>(work: (folder: string) => Promise<Answer>): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), "foothold-bench-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timeSize(messages: number): Promise<SizeResult> {
  const { data } = values;
  if (data === undefined) return inFreshFolder((folder) => timeFolder(folder, messages));
  return timeFolder(join(data, String(messages)), messages);
}

async function timeFolder(folder: string, messages: number): Promise<SizeResult> {
  const env = readEnv({ DATA_DIR: folder, LOG_LEVEL: "error" });
  const installation = await openInstallation(env, openLog(env));
  const services = installation.workspaces.first();
  try {
    console.error(`Generating ${messages} messages`);
    const { people } = await generateOnce(services.eventStore, messages);
    await untilIdle();
    const tables = await tableSizes(services.eventStore);
    console.error("Timing previews");
    const previews = await timePreviews(services, repetitions, messages <= others);
    console.error("Timing what takes longer");
    const slow = await timeSlow(services, repetitions);
    console.error("Timing the CSV");
    const csv = await timeExport(services, messages <= others ? 3 : 1);
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    if (messages > others) return { messages, people, tables, previews, slow, csv, peakBytes, engines: [] };
    console.error("Timing other engines");
    const expected = previews.map((preview) => preview.people);
    const engines = await timeOtherEngines(services, expected, Math.min(5, repetitions));
    return { messages, people, tables, previews, slow, csv, peakBytes, engines };
  } finally {
    await installation.close();
  }
}

/** After a start the server reads ahead what the next messages may ask: waits until the process has done next to nothing for two seconds. */
async function untilIdle(): Promise<void> {
  for (let idle = 0; idle < 2; ) {
    const before = process.cpuUsage();
    await setTimeout(1_000);
    const { user, system } = process.cpuUsage(before);
    idle = user + system < 100_000 ? idle + 1 : 0;
  }
}

async function timeWhole(): Promise<string> {
  console.error("Timing ingest");
  const ingest = await inFreshFolder((folder) => timeIngest(folder, seconds, soakMinutes));
  const results: SizeResult[] = [];
  const loads: number[] = [];
  for (const messages of sizes) {
    results.push(await timeSize(messages));
    loads.push(loadavg()[0] ?? 0);
  }
  return report(results, ingest, repetitions, Math.max(...loads));
}

async function timeMembershipAlone(audiences: string): Promise<string> {
  const counts = z.array(count).parse(audiences.split(","));
  const [messages = 0] = sizes;
  return membershipSection(await inFreshFolder((folder) => timeMembership(folder, messages, counts, seconds)));
}

const page = values.membership === undefined ? await timeWhole() : await timeMembershipAlone(values.membership);
console.log(page);
if (out !== undefined && values.membership === undefined) await writeFile(out, page);
