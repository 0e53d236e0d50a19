import type { IngestTiming, WayTiming } from "./ingest";
import { megabytes, ms, table, whole } from "./report-words";

/** How many events and requests the server takes in, beside one that only parses. */
export function ingestSection({ foothold, bare, seconds, preview, memory }: IngestTiming): string {
  const row = (name: string, own: WayTiming, other: WayTiming) => [
    name,
    whole.format(Math.round(own.requestsPerSecond)),
    whole.format(Math.round(own.eventsPerSecond)),
    own === other ? "1" : (own.eventsPerSecond / other.eventsPerSecond).toFixed(2),
    ms(own.p50),
    ms(own.p99),
    own.cpuMicroseconds.toFixed(1),
  ];
  const soaked = memory.map((bytes) => megabytes(bytes)).join(", ");
  return [
    "## Ingest",
    "",
    table(
      ["Server", "Requests/s", "Events/s", "Share", "p50, ms", "p99, ms", "CPU µs/event"],
      [
        row("`node:http` that parses the JSON and answers, batches", bare.batches, bare.batches),
        row("Foothold, `/v1/batch`: checked, deduplicated, durable when answered", foothold.batches, bare.batches),
        row("`node:http` that parses, single events", bare.single, bare.single),
        row("Foothold, `/v1/track`", foothold.single, bare.single),
      ],
    ),
    "",
    `Batches of 100 events over 10 connections, single events over 50, ${seconds} s each; the client runs on the same two cores. What is sent is`,
    "stored with all that derives from it meanwhile: from 60,000 waiting messages on an acknowledgement waits for that.",
    "",
    `A preview over HTTP takes ${ms(preview.aloneMs)} ms with nothing coming in and ${ms(preview.whileIngestingMs)} ms while ${whole.format(Math.round(preview.eventsPerSecond))} events/s do; each`,
    "shows all that was acknowledged before it.",
    ...(memory.length > 0 ? ["", `Resident memory of the server after each minute of full load, MB: ${soaked}.`] : []),
  ].join("\n");
}
