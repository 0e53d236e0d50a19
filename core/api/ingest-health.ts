import * as z from "zod";
import { endpoint } from "./endpoint";
import { timestamp } from "./shared";

/**
 * Counts of messages. `received` is the sum of accepted, duplicate, refused and blocked. Of those that came by requests and were
 * stored, `late` happened more than an hour before they were received, `future` are dated later than that, and `wrongClock` came
 * from a clock that was more than five minutes off and was corrected. `turnedAway` were not acknowledged: their sender was told
 * to send them again. `limited` are requests over a source's rate.
 */
const counts = {
  received: z.int(),
  accepted: z.int(),
  duplicate: z.int(),
  refused: z.int(),
  blocked: z.int(),
  replayed: z.int(),
  late: z.int(),
  future: z.int(),
  wrongClock: z.int(),
  turnedAway: z.int(),
  limited: z.int(),
};
const ingestCounts = z.strictObject(counts);
export type IngestCounts = z.infer<typeof ingestCounts>;

const bucket = z.strictObject({ at: timestamp, ...counts });
export type IngestBucket = z.infer<typeof bucket>;

export const ingestIntervals = ["minute", "hour", "day"] as const;
export type IngestInterval = (typeof ingestIntervals)[number];

export const getIngestHealth = endpoint({
  method: "GET",
  path: "/api/ingest-health",
  summary: "What came in by minute, hour or day: accepted, duplicate, refused by reason, late, in the future",
  query: z.strictObject({
    sourceId: z.string().min(1).max(100).optional(),
    interval: z.enum(ingestIntervals).optional(),
    /** How many of them, up to the present one. */
    last: z.coerce.number().int().min(1).max(1_440).optional(),
  }),
  answer: z.strictObject({
    asOf: timestamp,
    interval: z.enum(ingestIntervals),
    total: ingestCounts,
    /** Oldest first; the last one is still running. */
    buckets: z.array(bucket),
    reasons: z.array(
      z.strictObject({ verdict: z.enum(["refused", "blocked"]), code: z.string(), count: z.int(), lastAt: timestamp }),
    ),
    sources: z.array(z.strictObject({ sourceId: z.string(), ...counts })),
  }),
});
