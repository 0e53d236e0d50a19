import type { ExportTiming } from "./exports";
import type { IngestTiming } from "./ingest";
import { ingestSection } from "./ingest-report";
import type { EngineTiming } from "./other-engines";
import type { PreviewTiming } from "./previews";
import { megabytes, ms, table, whole } from "./report-words";
import type { SlowTimings } from "./slow";
import type { TableSize } from "./storage";

export interface SizeResult {
  messages: number;
  people: number;
  previews: readonly PreviewTiming[];
  csv: ExportTiming;
  slow: SlowTimings;
  tables: readonly TableSize[];
  /** Most memory that the process had until then, engine and bench together. */
  peakBytes: number;
  /** Other engines on the same rows; none where they were not loaded. */
  engines: readonly EngineTiming[];
}

function sizeSection(size: SizeResult): string {
  const { messages, people, previews, csv, engines } = size;
  const losses = previews.filter(({ compiledMs, byHandMs }) => byHandMs !== undefined && compiledMs > byHandMs).length;
  const slow = previews.filter(({ previewMs }) => previewMs > 50).length;
  const rows = previews.map((timing, index) => [
    timing.name,
    whole.format(timing.people),
    ms(timing.previewMs),
    ms(timing.againMs),
    ms(timing.previewCpuMs),
    ms(timing.compiledMs),
    ms(timing.fromStoreMs),
    timing.byHandMs === undefined ? "" : ms(timing.byHandMs),
    timing.byHandMs === undefined ? "" : `${(timing.byHandMs / timing.compiledMs).toFixed(1)}×`,
    ...engines.map((engine) => against(engine.ms[index], timing.compiledMs)),
  ]);
  return `## ${whole.format(messages)} messages of ${whole.format(people)} people

${table(["Definition", "People", "Preview", "Again", "CPU", "Count", "From the store", "Count by `IN`", "Gain", ...engines.map(({ engine }) => engine)], rows)}

Previews over 50 ms: ${slow} of ${previews.length}. Counts slower than by hand: ${losses} of ${previews.length}.

CSV of ${whole.format(csv.rows)} members with five columns: ${csv.seconds.toFixed(2)} s, ${whole.format(Math.round(csv.rows / csv.seconds))} rows/s.

${longerSection(size)}`;
}

/** Milliseconds of another engine, and how many times as long that is. */
function against(other: number | undefined, own: number): string {
  return other === undefined ? "" : `${ms(other)} (${(other / own).toFixed(1)}×)`;
}

function longerSection({ slow: longer, engines }: SizeResult): string {
  const loads = engines.map(
    ({ engine, loadSeconds, bytes }) =>
      `${engine} took ${loadSeconds.toFixed(0)} s to load and ${megabytes(bytes)} MB.`,
  );
  return [
    `A sequence of two steps with what must not follow: ${ms(longer.sequence)} ms. A funnel of five steps: ${ms(longer.funnel)} ms. The first time, when nothing of their events is in memory yet: ${ms(longer.sequenceAtFirst)} ms and ${ms(longer.funnelAtFirst)} ms.`,
    `The estimates that are shown until then, from one of sixteen people or of fewer where 60,000 (of the funnel 30,000) are enough, with nothing in memory either: ${ms(longer.sequenceSample)} ms and ${ms(longer.funnelSample)} ms.`,
    `The line of thirty days' sizes of the first definition, each exact: ${ms(longer.history)} ms.`,
    `A person's timeline: ${ms(longer.timeline)} ms. A short preview: ${ms(longer.previewAlone)} ms alone, ${ms(longer.previewBesideFunnels)} ms`,
    `while three such funnels run. Nothing of a funnel runs any more ${ms(longer.stopped)} ms after it is cancelled.`,
    ...loads,
  ].join("\n");
}

function growthSection(sizes: readonly SizeResult[]): string {
  const names = [...new Set(sizes.flatMap(({ tables }) => tables.map((one) => one.table)))];
  const perEvent = (bytes: number, messages: number) => (bytes / messages).toFixed(1);
  const rows = names.map((name) => [
    `\`${name}\``,
    ...sizes.map(({ tables, messages }) => {
      const found = tables.find((one) => one.table === name);
      return found ? perEvent(found.bytes, messages) : "";
    }),
  ]);
  const all = sizes.map(({ tables, messages }) =>
    perEvent(
      tables.reduce((sum, { bytes }) => sum + bytes, 0),
      messages,
    ),
  );
  const slowest = sizes.map(({ previews }) => ms(Math.max(...previews.map(({ compiledMs }) => compiledMs))));
  return `## Growth

${table(
  ["", ...sizes.map(({ messages }) => whole.format(messages))],
  [
    ["Slowest count, ms", ...slowest],
    ["Peak memory of the process, MB", ...sizes.map(({ peakBytes }) => megabytes(peakBytes))],
    ["**Bytes on disk for each message**", ...all.map((bytes) => `**${bytes}**`)],
    ...rows,
  ],
)}`;
}

/** The page as Markdown; `load` is the machine's own load average while it was measured. */
export function report(sizes: readonly SizeResult[], ingest: IngestTiming, repetitions: number, load: number): string {
  return `# Performance

Written by \`npm run bench\`, in one run, on 2 shared cores (load average ${load.toFixed(1)} during the run, so that the
milliseconds are those of a busy machine and the ratios say more than they do). Medians of ${repetitions} repetitions, warm; the ways of asking take turns.

- **Preview**: milliseconds at the server for what the builder shows: the count, who could be in, and ten people with their traits, with
  nothing kept of earlier answers. **Again**: the same once more, when what was read is kept, as it is until the next write: an edit of one
  condition lies between the two.
- **CPU**: processor milliseconds of that preview, engine and Node together: what it costs however busy the machine is.
- **Count**: the count alone, as Foothold compiles it, with nothing kept either. Where a million events of a name or more are counted one by one, their times come into memory when they are
  first asked for and stay there, kept up to date (docs/decisions/0007); **From the store**: the same count without that. **Count by \`IN\`**: the same people, written by hand as \`profile IN (SELECT …)\`
  on the same tables and the same engine with its own defaults. Both ways found the same people each time.
- **Gain**: how many times faster the compiled count is; below 1 it is slower.
- **DuckDB**, **PostgreSQL**: the count on the same rows, as one would write it by hand, the properties asked for in columns of their own; DuckDB in a file, in order of
  arrival, PostgreSQL with indexes that cover each question. In brackets, how many times as long as Foothold's count.

A hundred million: \`npm run bench -- --events 1000000,10000000,100000000 --data FOLDER\`, which keeps what it generates.

${sizes.map(sizeSection).join("\n\n")}

${growthSection(sizes)}

${ingestSection(ingest)}
`;
}
