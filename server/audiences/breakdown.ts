import * as z from "zod";
import type { TraitBreakdown, TraitGroup } from "@/core/api/audience-insight";
import type { AudienceDefinition } from "@/core/audience/definition";
import { validateDefinition } from "@/core/audience/validate";
import { AppError } from "@/core/errors";
import { param, type Sql, sql } from "@/server/event-store/sql";
import type { Services } from "@/server/services";
import { compileAudience } from "./compile/compile";
import { walkLists } from "./compile/json-value";
import { audienceContext, momentOf } from "./context";

interface BreakdownInput {
  definition: AudienceDefinition;
  trait: string;
  asOf?: string | undefined;
  /** Most values to answer with. */
  limit?: number | undefined;
}

const row = z.strictObject({
  count: z.int(),
  /** Of those with a value; each value as the text of its JSON. */
  groups: z.array(z.tuple([z.string(), z.int()])),
  values: z.int(),
  given: z.int(),
});

const defaultLimit = 20;
/** What identifies people or moments rather than sorts them into groups. */
const builtIn: ReadonlySet<string> = new Set(["$first_seen", "$last_seen", "$user_id", "$anonymous_id"]);

/**
 * The people of a definition by their value of a trait at a moment, now unless told. Whoever has none (as the semantics say
 * what is missing) has a group of their own, whatever the limit. Errors: `invalid`, `timed_out`, `cancelled`.
 */
export async function breakDownByTrait(
  services: Pick<Services, "eventStore" | "metadata" | "now">,
  { definition, trait, asOf, limit = defaultLimit }: BreakdownInput,
  signal?: AbortSignal,
): Promise<TraitBreakdown> {
  const startedAt = performance.now();
  if (builtIn.has(trait)) {
    throw new AppError("invalid", `${trait} is different for nearly everyone. Break down by a trait.`, "trait");
  }
  const now = momentOf(services, asOf);
  const context = await audienceContext(services, now, definition);
  validateDefinition(definition, context);
  const { members, sets } = compileAudience(definition, context);
  const people = sets.named("broken down", () => sql`(SELECT ${members})`);
  const [answer] = await services.eventStore.query(
    sql`${sets.clause()}SELECT bitmapCardinality(${people}) AS count,
      groupArray((value, people)) AS groups, max(distinct) AS values, max(given) AS given
    FROM (
      SELECT value, people, count() OVER () AS distinct, sum(people) OVER () AS given
      FROM (${groups(trait, now, people)}) ORDER BY people DESC, value LIMIT ${param.uint32(limit)}
    )`,
    row,
    { signal },
  );
  if (!answer) throw new Error("An aggregate without GROUP BY answered no row");
  const shown = answer.groups.map(
    ([value, count]): TraitGroup => ({ value: z.json().parse(JSON.parse(value)), count }),
  );
  const missing = answer.count - answer.given;
  const all = missing > 0 ? [...shown, { value: null, count: missing }] : shown;
  return {
    asOf: new Date(now).toISOString(),
    count: answer.count,
    // Sorting is stable: of equal groups the values come in the order of their text, and those without one last.
    groups: all.sort((one, other) => other.count - one.count),
    others: {
      values: answer.values - shown.length,
      count: answer.given - shown.reduce((sum, { count }) => sum + count, 0),
    },
    tookMs: Math.round(performance.now() - startedAt),
  };
}

/** Order as one number. */
const order = sql`(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(timestamp)), 64) + arrival)`;

/** Rows of each value that is not missing, with how many of `people` have it. */
function groups(trait: string, now: number, people: Sql): Sql {
  return sql`SELECT value, count() AS people FROM (${valuesOf(trait, now, people)})
    WHERE value NOT IN ('', 'null', '""', '[]') GROUP BY value`;
}

/** The value of each of `people` who ever had the trait, as raw JSON: what stands at the path, or a list of what is found at its end. */
function valuesOf(trait: string, now: number, people: Sql): Sql {
  const rows = (names: Sql) => sql`FROM trait_changes
    WHERE trait IN (${names}) AND timestamp <= ${param.moment(now)} AND bitmapContains(${people}, profile)
    GROUP BY profile`;
  const literal = param.string(trait);
  const [head, ...rest] = trait.split(".");
  if (head === undefined || rest.length === 0) {
    return sql`SELECT profile, argMax(value, ${order}) AS value ${rows(sql`${literal}`)}`;
  }
  const outer = param.string(head);
  return sql`SELECT profile, multiIf(
      has_literal, literal, length(found) <= 1, found[1], concat('[', arrayStringConcat(found, ','), ']')) AS value
    FROM (
      SELECT profile, countIf(trait = ${literal}) > 0 AS has_literal,
        argMaxIf(value, ${order}, trait = ${literal}) AS literal,
        ${walkLists(sql`[argMaxIf(value, ${order}, trait = ${outer})]`, rest)} AS found
      ${rows(sql`${literal}, ${outer}`)}
    )`;
}
