import * as z from "zod";
import { messageTypes } from "../event/message";
import { enforcements } from "../tracking-plan/definition";
import { violationKinds } from "../tracking-plan/violation";
import { endpoint } from "./endpoint";
import { page, pageQuery, timestamp } from "./shared";

export const verdicts = ["accepted", "duplicate", "refused", "blocked"] as const;
export type Verdict = (typeof verdicts)[number];

const violation = z.strictObject({ kind: z.enum(violationKinds), property: z.string(), message: z.string() });

/** A message as it is stored. Times as in every answer; `clockMs` is by how much the sender's clock was corrected. */
const normalised = z.strictObject({
  type: z.enum(messageTypes),
  event: z.string(),
  messageId: z.string(),
  userId: z.string().nullable(),
  anonymousId: z.string().nullable(),
  timestamp,
  originalTimestamp: timestamp,
  sentAt: timestamp.nullable(),
  receivedAt: timestamp,
  properties: z.unknown(),
  context: z.unknown(),
  /** Further fields, such as groupId; what the tracking plan found is under `$plan`. */
  extra: z.unknown(),
});

const arrivedMessage = z.strictObject({
  /** In order of arrival since the server was started. */
  number: z.int(),
  sourceId: z.string(),
  way: z.enum(["request", "import", "sample", "replay"]),
  receivedAt: timestamp,
  verdict: z.enum(verdicts),
  /** Why it was refused or held back. */
  code: z.string().nullable(),
  reason: z.string().nullable(),
  type: z.string(),
  event: z.string(),
  messageId: z.string().nullable(),
  userId: z.string().nullable(),
  anonymousId: z.string().nullable(),
  /** By how many milliseconds its time was moved because its sender's clock was off; 0 where it was right. */
  clockMs: z.int(),
  violations: z.array(violation),
  /** What the tracking plan did about them. */
  enforced: z.enum(enforcements).nullable(),
  /** Id of the person that it joined. */
  profileId: z.string().nullable(),
  /** As it was sent. */
  raw: z.unknown(),
  normalised: normalised.nullable(),
});
export type ArrivedMessage = z.infer<typeof arrivedMessage>;

const messageFilter = {
  sourceId: z.string().min(1).max(100).optional(),
  /** A part of the event's name, in any case. */
  event: z.string().max(1_000).optional(),
  /** The whole of a userId or anonymousId. */
  user: z.string().max(1_000).optional(),
  type: z.enum(messageTypes).optional(),
  verdict: z.enum([...verdicts, "violating"]).optional(),
};
export const liveFilter = z.strictObject(messageFilter);
export type LiveFilter = z.infer<typeof liveFilter>;

export const listArrived = endpoint({
  method: "GET",
  path: "/api/debugger/messages",
  summary:
    "The last messages that came in since the server was started, newest first: as sent, as stored, and what became of them",
  query: liveFilter.extend({ limit: z.coerce.number().int().min(1).max(1_000).optional() }),
  answer: z.strictObject({ items: z.array(arrivedMessage), asOf: timestamp }),
});

/** One piece of the stream: messages, and how many more there were than can be shown. */
export const liveBatch = z.strictObject({ items: z.array(arrivedMessage), skipped: z.int() });
export type LiveBatch = z.infer<typeof liveBatch>;

export const streamArrived = endpoint({
  method: "GET",
  path: "/api/debugger/stream",
  summary: "Messages as they come in, as server-sent events: each event's data is a batch",
  query: liveFilter,
  answer: liveBatch,
  streams: { answer: "text/event-stream" },
});

const keptMessage = z.strictObject({
  id: z.string(),
  verdict: z.enum(["refused", "blocked", "duplicate"]),
  sourceId: z.string(),
  importId: z.string().nullable(),
  line: z.int().nullable(),
  receivedAt: timestamp,
  code: z.string(),
  message: z.string(),
  type: z.string(),
  event: z.string(),
  messageId: z.string().nullable(),
  userId: z.string().nullable(),
  anonymousId: z.string().nullable(),
  violations: z.array(violation),
  /** As it was sent, as text; of a very long one the beginning. */
  raw: z.string(),
  /** Whether it is kept whole, so that it can be replayed. */
  replayable: z.boolean(),
  /** What became of it when it was replayed last; null where it never was. */
  replay: z.strictObject({ at: timestamp, outcome: z.enum(verdicts), message: z.string() }).nullable(),
});
export type KeptMessage = z.infer<typeof keptMessage>;

const keptVerdict = z.enum(["refused", "blocked", "duplicate"]);
const keptFilter = {
  sourceId: z.string().min(1).max(100).optional(),
  verdict: keptVerdict.optional(),
  code: z.string().min(1).max(100).optional(),
  event: z.string().max(1_000).optional(),
  user: z.string().max(1_000).optional(),
};

export const listKept = endpoint({
  method: "GET",
  path: "/api/debugger/kept",
  summary: "Messages that were refused, held back or had come before, newest first, with the reason",
  query: pageQuery.extend(keptFilter),
  answer: page(keptMessage),
});

export const listKeptReasons = endpoint({
  method: "GET",
  path: "/api/debugger/reasons",
  summary:
    "Why messages are kept aside, the most frequent reason first; those that a replay has put right are not counted",
  query: z.strictObject({ sourceId: keptFilter.sourceId }),
  answer: z.strictObject({
    items: z.array(
      z.strictObject({
        verdict: keptVerdict,
        code: z.string(),
        message: z.string(),
        count: z.int(),
        firstAt: timestamp,
        lastAt: timestamp,
      }),
    ),
    /** How long and how many are kept. */
    keptDays: z.int(),
    keptMessages: z.int(),
  }),
});

export const replayKept = endpoint({
  method: "POST",
  path: "/api/debugger/replay",
  summary: "Send messages that were kept aside through the same checks again, with their own times and ids",
  body: z.union([
    z.strictObject({ ids: z.array(z.string().min(1).max(100)).min(1).max(1_000) }),
    z.strictObject({
      reason: z.strictObject({ verdict: keptVerdict, code: z.string().min(1).max(100), sourceId: keptFilter.sourceId }),
    }),
  ]),
  answer: z.strictObject({
    tried: z.int(),
    accepted: z.int(),
    duplicate: z.int(),
    refused: z.int(),
    blocked: z.int(),
    /** Not kept whole, so that they cannot be replayed. */
    impossible: z.int(),
    /** Of that reason, for another call. */
    left: z.int(),
    /** Why those that did not pass did not. */
    reasons: z.array(z.strictObject({ code: z.string(), message: z.string(), count: z.int() })),
  }),
});
