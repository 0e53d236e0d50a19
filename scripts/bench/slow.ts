import * as z from "zod";
import type { AudienceDefinition } from "@/core/audience/definition";
import type { FunnelDefinition } from "@/core/funnel/definition";
import { previewAudience } from "@/server/audiences/preview";
import { sizeHistory } from "@/server/audiences/size-history";
import { sql } from "@/server/event-store/sql";
import { previewFunnel } from "@/server/funnels/preview";
import { readTimeline } from "@/server/profiles/timeline";
import type { Services } from "@/server/services";
import { benchDefinitions } from "./definitions";
import { benchNow } from "./generate";
import { median } from "./median";
import { forgetEvents, forgetReads } from "./previews";

export interface SlowTimings {
  /** Milliseconds. */
  sequence: number;
  funnel: number;
  /** The same when nothing of their events is in memory yet. */
  sequenceAtFirst: number;
  funnelAtFirst: number;
  /** The estimates that are shown until then, from one of sixteen people, when nothing of their events is in memory. */
  sequenceSample: number;
  funnelSample: number;
  timeline: number;
  /** The exact sizes of the first definition at the ends of thirty days. */
  history: number;
  /** A short preview, alone and while three funnels run. */
  previewAlone: number;
  previewBesideFunnels: number;
  /** From the abort of a funnel until the engine runs nothing of it any more. */
  stopped: number;
}

/** One of so many, as the pages ask. */
const sample = 16;

const asOf = new Date(benchNow).toISOString();

const sequence: AudienceDefinition = {
  version: 1,
  root: {
    kind: "sequence",
    steps: [{ event: "Account Created" }, { event: "First Project Created", within: { amount: 3, unit: "day" } }],
    thenNot: { event: "Activation Milestone Reached", within: { amount: 7, unit: "day" } },
  },
};

const funnel: FunnelDefinition = {
  steps: [
    "Account Created",
    "First Project Created",
    "Task Created",
    "Team Member Invited",
    "Activation Milestone Reached",
  ].map((event) => ({ event })),
  window: { amount: 30, unit: "day" },
};

export async function timeSlow(services: Services, repetitions: number): Promise<SlowTimings> {
  const definition = benchDefinitions[2]?.definition ?? sequence;
  const preview = () => previewAudience(services, { definition, asOf });
  const runFunnel = (signal?: AbortSignal) => previewFunnel(services, { funnel, asOf }, signal);
  const timed = async (work: () => Promise<unknown>, times: number) => {
    const ms: number[] = [];
    for (let repetition = 0; repetition <= times; repetition += 1) {
      await forgetReads(services);
      const took = await once(work);
      if (repetition > 0) ms.push(took);
    }
    return median(ms);
  };
  const runSequence = () => previewAudience(services, { definition: sequence, asOf });
  const atFirst = async (work: () => Promise<unknown>) => {
    forgetEvents(services);
    await forgetReads(services);
    return once(work);
  };
  const previewAlone = await timed(preview, repetitions);
  // Before anything is put into memory: an estimate puts nothing there.
  forgetEvents(services);
  const estimates = {
    sequenceSample: await timed(
      () => previewAudience(services, { definition: sequence, asOf, limit: 0, sample }),
      Math.min(5, repetitions),
    ),
    funnelSample: await timed(() => previewFunnel(services, { funnel, asOf, sample }), Math.min(5, repetitions)),
  };
  return {
    ...estimates,
    sequenceAtFirst: await atFirst(runSequence),
    sequence: await timed(runSequence, Math.min(5, repetitions)),
    funnelAtFirst: await atFirst(runFunnel),
    funnel: await timed(() => runFunnel(), Math.min(5, repetitions)),
    timeline: await timed(() => readTimeline(services.eventStore, 1, benchNow, new Map(), {}), repetitions),
    history: await timed(readHistory, Math.min(2, repetitions)),
    previewAlone,
    previewBesideFunnels: await besideFunnels(),
    stopped: await untilStopped(services, runFunnel),
  };

  async function besideFunnels(): Promise<number> {
    let running = 3;
    const funnels = Array.from({ length: 3 }, () => runFunnel().finally(() => (running -= 1)));
    const ms: number[] = [];
    while (running > 0) {
      await forgetReads(services);
      ms.push(await once(preview));
    }
    await Promise.all(funnels);
    return median(ms);
  }

  async function readHistory(): Promise<number> {
    const [first] = benchDefinitions;
    let total = 0;
    for await (const { count } of await sizeHistory(services, { definition: first?.definition ?? sequence, asOf }))
      total += count;
    return total;
  }
}

async function once(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Milliseconds from an abort until the engine runs nothing but the question itself. */
async function untilStopped(services: Services, run: (signal: AbortSignal) => Promise<unknown>): Promise<number> {
  const { eventStore } = services;
  forgetEvents(services);
  await forgetReads(services);
  const abort = new AbortController();
  let isDone = false;
  const answer = run(abort.signal)
    .catch(() => undefined)
    .finally(() => {
      isDone = true;
    });
  const row = z.strictObject({ others: z.int() });
  const others = async () => {
    const [found] = await eventStore.query(sql`SELECT count() - 1 AS others FROM system.processes`, row);
    return found?.others ?? 0;
  };
  while (!isDone && (await others()) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  const start = performance.now();
  abort.abort();
  while ((await others()) > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  await answer;
  return performance.now() - start;
}
