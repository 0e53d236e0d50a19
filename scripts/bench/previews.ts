import * as z from "zod";
import { compileAudience } from "@/server/audiences/compile/compile";
import { readSets } from "@/server/audiences/compile/set-reader";
import { audienceContext } from "@/server/audiences/context";
import { EventMemory, setEventMemory } from "@/server/audiences/event-lists/event-memory";
import { previewAudience } from "@/server/audiences/preview";
import { param, type Sql, sql } from "@/server/event-store/sql";
import type { Services } from "@/server/services";
import { benchDefinitions } from "./definitions";
import { benchNow } from "./generate";
import { median } from "./median";

export interface PreviewTiming {
  name: string;
  people: number;
  /** The whole preview as the API answers it: count, candidates, and ten people with their traits. Milliseconds, with nothing kept. */
  previewMs: number;
  /** The same once more, when what was read is kept. */
  againMs: number;
  /** Time of processors that the whole preview takes, engine and Node together; other programs on the machine do not change it much. */
  previewCpuMs: number;
  /** The count alone, as compiled; the same when no events are in memory; and as written by hand. */
  compiledMs: number;
  fromStoreMs: number;
  /** Undefined where nobody would wait for it. */
  byHandMs: number | undefined;
}

const countRow = z.strictObject({ count: z.int() });

async function timed<Answer>(work: () => Promise<Answer>): Promise<{ ms: number; cpuMs: number; answer: Answer }> {
  const cpuStart = process.cpuUsage();
  const start = performance.now();
  const answer = await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuStart);
  return { ms, cpuMs: (user + system) / 1000, answer };
}

/**
 * Times each definition in several ways, in turn within each repetition; the first repetition is thrown away. Throws where
 * the ways do not find the same number of people.
 */
export async function timePreviews(
  services: Services,
  repetitions: number,
  alsoByHand: boolean,
): Promise<PreviewTiming[]> {
  const asOf = new Date(benchNow).toISOString();
  const context = await audienceContext(services, benchNow);
  const timings: PreviewTiming[] = [];
  const memory = new EventMemory();
  const noMemory = new EventMemory(0);
  for (const { name, definition, byHand } of benchDefinitions) {
    const compiled = compileAudience(definition, context);
    const counted = async () => (await readSets(services.eventStore, [compiled.members]))[0]?.count ?? -1;
    const ways = {
      preview: async () => (await previewAudience(services, { definition, asOf })).count,
      again: async () => (await previewAudience(services, { definition, asOf })).count,
      compiled: counted,
      fromStore: counted,
      byHand: () =>
        countOf(
          services,
          sql`SELECT uniqExact(profile) AS count FROM profile_activity WHERE first_at <= ${param.moment(benchNow)}
            AND profile NOT IN (SELECT profile FROM profile_merges)
            AND profile IN (SELECT profile FROM identities WHERE kind = 'user') AND ${byHand}`,
          // What the engine does unless told; Foothold turns it off, for it costs more than it saves.
          { use_index_for_in_with_subqueries: 1 },
        ),
    };
    const ms: Record<keyof typeof ways, number[]> = { preview: [], again: [], compiled: [], fromStore: [], byHand: [] };
    const previewCpuMs: number[] = [];
    let people = -1;
    for (let repetition = 0; repetition <= repetitions; repetition += 1) {
      for (const way of ["preview", "again", "compiled", "fromStore", "byHand"] as const) {
        if (way === "byHand" && !alsoByHand) continue;
        setEventMemory(services.eventStore, way === "fromStore" ? noMemory : memory);
        if (way !== "again") await forgetReads(services);
        const run = await timed(ways[way]);
        if (people !== -1 && run.answer !== people)
          throw new Error(`${name}: ${way} found ${run.answer}, not ${people}`);
        people = run.answer;
        if (repetition === 0) continue;
        ms[way].push(run.ms);
        if (way === "preview") previewCpuMs.push(run.cpuMs);
      }
    }
    timings.push({
      name,
      people,
      previewMs: median(ms.preview),
      againMs: median(ms.again),
      previewCpuMs: median(previewCpuMs),
      compiledMs: median(ms.compiled),
      fromStoreMs: median(ms.fromStore),
      byHandMs: alsoByHand ? median(ms.byHand) : undefined,
    });
  }
  return timings;
}

/** As after a start: of no event anything is in memory. */
export function forgetEvents({ eventStore }: Services): void {
  setEventMemory(eventStore, new EventMemory());
}

/** Any write ends what is kept of earlier answers. */
export async function forgetReads({ eventStore }: Services): Promise<void> {
  await eventStore.command(sql`DROP TABLE IF EXISTS nothing_of_the_bench`);
}

async function countOf(
  { eventStore }: Services,
  statement: Sql,
  settings: Readonly<Record<string, number>> = {},
): Promise<number> {
  const [row] = await eventStore.query(statement, countRow, { settings });
  if (row === undefined) throw new Error("A count without a row");
  return row.count;
}
