import type { ExportTiming } from "./exports";
import type { IngestTiming } from "./ingest";
import type { PreviewTiming } from "./previews";

export interface SizeResult {
  messages: number;
  people: number;
  previews: readonly PreviewTiming[];
  csv: ExportTiming;
}

const whole = new Intl.NumberFormat("en");
const cpu = (microseconds: number) => microseconds.toFixed(1);
const ms = (value: number) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

function sizeSection({ messages, people, previews, csv }: SizeResult): string {
  const losses = previews.filter(({ compiledMs, byHandMs }) => compiledMs > byHandMs).length;
  const slow = previews.filter(({ previewMs }) => previewMs > 50).length;
  const rows = previews.map((timing) => [
    timing.name,
    whole.format(timing.people),
    ms(timing.previewMs),
    ms(timing.previewCpuMs),
    ms(timing.compiledMs),
    ms(timing.byHandMs),
    `${(timing.byHandMs / timing.compiledMs).toFixed(1)}×`,
  ]);
  return `## ${whole.format(messages)} messages of ${whole.format(people)} people

${table(["Definition", "People", "Preview", "CPU", "Count", "Count by `IN`", "Gain"], rows)}

Previews over 50 ms: ${slow} of ${previews.length}. Counts slower than by hand: ${losses} of ${previews.length}.

CSV of ${whole.format(csv.rows)} members with five columns: ${csv.seconds.toFixed(2)} s, ${whole.format(Math.round(csv.rows / csv.seconds))} rows/s.`;
}

/** The page as Markdown; `load` is the machine's own load average while it was measured. */
export function report(sizes: readonly SizeResult[], ingest: IngestTiming, repetitions: number, load: number): string {
  return `# Performance

Written by \`npm run bench\`, in one run, on 2 shared cores (load average ${load.toFixed(1)} during the run, so that the
milliseconds are those of a busy machine and the ratios say more than they do). Medians of ${repetitions} repetitions, warm; the ways of asking take turns.

- **Preview**: milliseconds at the server for what the builder shows: the count, who could be in, and ten people with their traits.
- **CPU**: processor milliseconds of that preview, engine and Node together: what it costs however busy the machine is.
- **Count**: the count alone, as Foothold compiles it. **Count by \`IN\`**: the same people, written by hand as \`profile IN (SELECT …)\`
  on the same tables and the same engine with its own defaults. Both ways found the same people each time.
- **Gain**: how many times faster the compiled count is; below 1 it is slower.

${sizes.map(sizeSection).join("\n\n")}

## Ingest

${table(
  ["Server", "Events/s", "Share", "CPU µs/event"],
  [
    [
      "`node:http` that parses the JSON and answers",
      whole.format(Math.round(ingest.bare.eventsPerSecond)),
      "1",
      cpu(ingest.bare.cpuMicroseconds),
    ],
    [
      "Foothold, `/v1/batch`: checked, deduplicated, durable when answered",
      whole.format(Math.round(ingest.foothold.eventsPerSecond)),
      (ingest.foothold.eventsPerSecond / ingest.bare.eventsPerSecond).toFixed(2),
      cpu(ingest.foothold.cpuMicroseconds),
    ],
  ],
)}

${ingest.connections} connections, ${ingest.eventsPerRequest} events a request, ${ingest.seconds} s; the client runs on the same two cores.
`;
}
