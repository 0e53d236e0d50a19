import type { IngestCounts } from "@/core/api/ingest-health";

export type Measure = keyof IngestCounts;

/** What is counted: its name, the end of "4 messages …", and what it means. */
export const measures: Readonly<Record<Measure, { name: string; words: string; explained: string }>> = {
  received: { name: "Received", words: "were received", explained: "Accepted, duplicate, refused and held back." },
  accepted: { name: "Accepted", words: "were accepted", explained: "Stored, and counted once." },
  duplicate: { name: "Duplicate", words: "were duplicates", explained: "Their messageId had come before." },
  refused: { name: "Refused", words: "were refused", explained: "They could not be read as messages." },
  blocked: { name: "Held back", words: "were held back", explained: "They went against the tracking plan." },
  replayed: { name: "Replayed", words: "were replayed", explained: "Kept aside before, and taken now." },
  late: { name: "Late", words: "were late", explained: "Happened more than an hour before they were received." },
  future: { name: "Future", words: "were of the future", explained: "Dated later than they were received." },
  wrongClock: { name: "Wrong clock", words: "came from a wrong clock", explained: "More than five minutes off." },
  turnedAway: { name: "Sent away", words: "were sent away", explained: "Not acknowledged; to be sent again." },
  limited: { name: "Over the rate", words: "came too fast", explained: "Requests over a source’s rate." },
};

export function isMeasure(name: string): name is Measure {
  return Object.hasOwn(measures, name);
}
