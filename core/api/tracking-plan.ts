import * as z from "zod";
import { enforcements, planDefinition, planRule, ruleTypes } from "../tracking-plan/definition";
import { violationKinds } from "../tracking-plan/violation";
import { endpoint } from "./endpoint";
import { idParams, jsonObject, page, pageQuery, timestamp } from "./shared";
import { versionAuthor } from "./versions";

const sourceEnforcement = z.strictObject({
  sourceId: z.string(),
  name: z.string(),
  /** Whether the plan is asked about its messages at all. */
  checked: z.boolean(),
  /** What happens to messages that violate a rule which does not say so itself. */
  violations: z.enum(enforcements),
  unplannedEvents: z.enum(["mark", "block"]),
});
export type SourceEnforcement = z.infer<typeof sourceEnforcement>;

const trackingPlan = z.strictObject({
  /** 0 before there is any. */
  version: z.int(),
  definition: planDefinition,
  updatedAt: timestamp.nullable(),
  sources: z.array(sourceEnforcement),
});
export type TrackingPlan = z.infer<typeof trackingPlan>;

const version = z.int().min(0).max(1_000_000_000);
const note = z.string().trim().max(2_000);

export const getPlan = endpoint({
  method: "GET",
  path: "/api/tracking-plan",
  summary: "What is expected of messages, and what each source does with those that are otherwise",
  answer: trackingPlan,
});
export const savePlan = endpoint({
  method: "PATCH",
  path: "/api/tracking-plan",
  summary: "Make a new version of the tracking plan; base is the version that was changed",
  body: z.strictObject({ definition: planDefinition, base: version, note: note.optional() }),
  answer: trackingPlan,
});
export const setEnforcement = endpoint({
  method: "PATCH",
  path: "/api/tracking-plan/sources/:id",
  summary: "Say what the plan does with the messages of a source",
  params: idParams,
  body: sourceEnforcement.pick({ checked: true, violations: true, unplannedEvents: true }).partial(),
  answer: sourceEnforcement,
});

const change = z.strictObject({ kind: z.enum(["added", "removed", "changed"]), text: z.string() });

const planVersion = z.strictObject({
  version: z.int(),
  definition: planDefinition,
  createdBy: versionAuthor.nullable(),
  createdAt: timestamp,
  note: z.string(),
  restoredFrom: z.int().nullable(),
  /** Against the version before. */
  changes: z.array(change),
});
export type PlanVersion = z.infer<typeof planVersion>;

export const listPlanVersions = endpoint({
  method: "GET",
  path: "/api/tracking-plan/versions",
  summary: "The versions of the tracking plan: who made them, when, and what changed, newest first",
  query: pageQuery,
  answer: page(planVersion),
});
export const restorePlan = endpoint({
  method: "POST",
  path: "/api/tracking-plan/restore",
  summary: "Make an earlier version of the plan hold again, as a new version",
  body: z.strictObject({ version: version.min(1), note: note.optional() }),
  answer: trackingPlan,
});

const suggestion = z.strictObject({
  rule: planRule,
  /** Messages in all, and those that the rule was made from: the latest. */
  count: z.int(),
  read: z.int(),
  lastSeen: timestamp,
  /** A planned name that was probably meant. */
  nearest: z.string().nullable(),
  /** Of each property: in how many of those read it is, and its values where they look like a list to choose from. */
  seen: z.array(
    z.strictObject({
      name: z.string(),
      seenIn: z.int(),
      values: z.array(z.union([z.string(), z.number(), z.boolean()])),
    }),
  ),
});
export type PlanSuggestion = z.infer<typeof suggestion>;

export const suggestRules = endpoint({
  method: "GET",
  path: "/api/tracking-plan/suggestions",
  summary:
    "Rules for what has been seen and is not in the plan, with types and required properties as they were in the data",
  query: z.strictObject({ type: z.enum(ruleTypes).optional(), event: z.string().max(1_000).optional() }),
  answer: z.strictObject({ items: z.array(suggestion) }),
});
export const readPlanFile = endpoint({
  method: "POST",
  path: "/api/tracking-plan/read",
  summary:
    "Read a plan as Foothold or Segment writes it (JSON Schema draft-07), without saving it: what it would change, what cannot be checked",
  body: z.strictObject({ plan: z.union([jsonObject, z.array(z.unknown())]) }),
  answer: z.strictObject({
    definition: planDefinition,
    leftOut: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
    changes: z.array(change),
  }),
});
export const exportPlan = endpoint({
  method: "GET",
  path: "/api/tracking-plan/export",
  summary: "The plan as rules of JSON Schema draft-07, in the form of Segment's tracking plans",
  answer: z.strictObject({ rules: z.array(jsonObject) }),
});

const violationGroup = z.strictObject({
  kind: z.enum(violationKinds),
  type: z.string(),
  event: z.string(),
  property: z.string(),
  /** As of the last example, in words. */
  message: z.string(),
  count: z.int(),
  marked: z.int(),
  dropped: z.int(),
  blocked: z.int(),
  firstAt: timestamp,
  lastAt: timestamp,
  /** By day of the workspace's zone, oldest first. */
  daily: z.array(z.int()),
  /** A planned name that was probably meant. */
  nearest: z.string().nullable(),
  examples: z.array(
    z.strictObject({
      at: timestamp,
      messageId: z.string(),
      userId: z.string(),
      anonymousId: z.string(),
      message: z.string(),
      value: z.unknown(),
    }),
  ),
});
export type ViolationGroup = z.infer<typeof violationGroup>;

export const listViolations = endpoint({
  method: "GET",
  path: "/api/tracking-plan/violations",
  summary: "What went against the plan, by event, property and kind, the most frequent first",
  query: z.strictObject({
    days: z.coerce.number().int().min(1).max(90).optional(),
    sourceId: z.string().min(1).max(100).optional(),
  }),
  answer: z.strictObject({ days: z.array(z.string()), items: z.array(violationGroup), asOf: timestamp }),
});
