import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { readEnv } from "@/server/env";
import { openLog } from "@/server/log";
import { openServices } from "@/server/open-services";
import { timeExport } from "./exports";
import { generate } from "./generate";
import { timeIngest } from "./ingest";
import { timePreviews } from "./previews";
import { report, type SizeResult } from "./report";

/**
 * npm run bench -- [--events 1000000,10000000] [--repetitions 9] [--seconds 10] [--out docs/performance.md]
 * Prints the page; writes it only where --out says, which is docs/performance.md for the sizes that belong there.
 */
const standardSizes = "1000000,10000000";
const { values } = parseArgs({
  options: {
    events: { type: "string", default: standardSizes },
    repetitions: { type: "string", default: "9" },
    seconds: { type: "string", default: "10" },
    out: { type: "string" },
  },
});
const count = z.coerce.number().int().min(1);
const sizes = z.array(count.min(1_000)).parse(values.events.split(","));
const repetitions = count.parse(values.repetitions);
const seconds = count.parse(values.seconds);
const out = values.out ?? (values.events === standardSizes ? "docs/performance.md" : undefined);

async function inFreshFolder<Answer>(work: (folder: string) => Promise<Answer>): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), "foothold-bench-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function timeSize(messages: number): Promise<SizeResult> {
  return inFreshFolder(async (folder) => {
    const env = readEnv({ DATA_DIR: folder, LOG_LEVEL: "error" });
    const services = await openServices(env, openLog(env));
    try {
      console.error(`Generating ${messages} messages`);
      const { people } = await generate(services.eventStore, messages);
      console.error("Timing previews");
      const previews = await timePreviews(services, repetitions);
      console.error("Timing the CSV");
      return { messages, people, previews, csv: await timeExport(services) };
    } finally {
      await services.close();
    }
  });
}

console.error("Timing ingest");
const ingest = await inFreshFolder((folder) => timeIngest(folder, seconds));
const results: SizeResult[] = [];
const loads: number[] = [];
for (const messages of sizes) {
  results.push(await timeSize(messages));
  loads.push(loadavg()[0] ?? 0);
}
const page = report(results, ingest, repetitions, Math.max(...loads));
console.log(page);
if (out !== undefined) await writeFile(out, page);
