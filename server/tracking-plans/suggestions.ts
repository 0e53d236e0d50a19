import * as z from "zod";
import type { PlanSuggestion } from "@/core/api/tracking-plan";
import { parseJsonObject } from "@/core/event/json";
import { nearestName } from "@/core/nearest-name";
import { type PlanRule, type RuleType, ruleKey, ruleTypes } from "@/core/tracking-plan/definition";
import { inferProperties } from "@/core/tracking-plan/infer";
import { join, param, sql } from "@/server/event-store/sql";
import type { Services } from "@/server/services";
import { getPlan } from "./plans";

/** Messages that a rule is made from: the latest of its event. */
const readMessages = 1_000;
/** Rules suggested at once, those of the most messages. */
const maxSuggestions = 200;

const seenRow = z.strictObject({ type: z.enum(ruleTypes), event: z.string(), count: z.int(), lastSeen: z.string() });
const propertiesRow = z.strictObject({ properties: z.string() });

interface Wanted {
  type?: RuleType | undefined;
  event?: string | undefined;
}

/**
 * Rules for what has been seen and is not in the plan, the most frequent first; or for the one event that is named, also when
 * it is.
 */
export async function suggestRules(
  services: Pick<Services, "eventStore" | "metadata">,
  wanted: Wanted,
  signal?: AbortSignal,
): Promise<PlanSuggestion[]> {
  const { definition } = await getPlan(services);
  const planned = new Set(definition.rules.map(({ type, event }) => ruleKey(type, event ?? "")));
  const types = wanted.type === undefined ? ruleTypes : [wanted.type];
  const seen = await services.eventStore.query(
    sql`SELECT type, event, count() AS count, max(timestamp) AS lastSeen FROM messages
      WHERE type IN (${join(types.map((type) => sql`${param.string(type)}`))})
        ${wanted.event === undefined ? sql`` : sql`AND event = ${param.string(wanted.event)}`}
      GROUP BY type, event ORDER BY count DESC, type, event`,
    seenRow,
    { signal },
  );
  const isAsked = wanted.event !== undefined;
  const open = seen.filter(({ type, event }) => isAsked || !planned.has(ruleKey(type, event))).slice(0, maxSuggestions);
  const names = definition.rules.flatMap(({ type, event }) => (type === "track" && event !== undefined ? [event] : []));
  const suggestions: PlanSuggestion[] = [];
  for (const one of open) suggestions.push(await suggestionOf(services, one, names, signal));
  return suggestions;
}

async function suggestionOf(
  { eventStore }: Pick<Services, "eventStore">,
  { type, event, count, lastSeen }: z.infer<typeof seenRow>,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<PlanSuggestion> {
  const rows = await eventStore.query(
    sql`SELECT properties FROM messages WHERE type = ${param.string(type)} AND event = ${param.string(event)}
      ORDER BY timestamp DESC LIMIT ${param.uint32(readMessages)}`,
    propertiesRow,
    { signal },
  );
  const found = inferProperties(rows.map(({ properties }) => parseJsonObject(properties)));
  const rule: PlanRule = {
    type,
    ...(event === "" ? {} : { event }),
    properties: found.map(({ property }) => property),
  };
  return {
    rule,
    count,
    read: rows.length,
    lastSeen,
    nearest: type === "track" ? (nearestName(event, names) ?? null) : null,
    seen: found.map(({ property, seenIn, values }) => ({ name: property.name, seenIn, values })),
  };
}
