import * as z from "zod";
import type { TraitBreakdown, TraitGroup } from "@/core/api/audience-insight";
import type { AudienceDefinition } from "@/core/audience/definition";
import { isReservedTrait } from "@/core/audience/filter";
import type { Moment } from "@/core/audience/operators";
import { validateDefinition } from "@/core/audience/validate";
import { AppError } from "@/core/errors";
import { parseJson } from "@/core/event/json";
import { param, type Sql, sql } from "@/server/event-store/sql";
import type { Services } from "@/server/services";
import { membersSubquery } from "./compile/compile";
import { wholePiece } from "./compile/json-value";
import { traitRelation } from "./compile/trait-relation";
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
  if (isReservedTrait(trait)) {
    throw new AppError("invalid", `${trait} is different for nearly everyone. Break down by a trait.`, "trait");
  }
  const now = momentOf(services, asOf);
  const context = await audienceContext(services, now, definition);
  validateDefinition(definition, context);
  const people = sql`broken_down`;
  const [answer] = await services.eventStore.query(
    sql`WITH ${membersSubquery(definition, context)} AS ${people} SELECT bitmapCardinality(${people}) AS count,
      groupArray((value, people)) AS groups, max(distinct) AS values, max(given) AS given
    FROM (
      SELECT value, people, count() OVER () AS distinct, sum(people) OVER () AS given
      FROM (${groups(trait, context, people)}) ORDER BY people DESC, value LIMIT ${param.uint32(limit)}
    )`,
    row,
    { signal },
  );
  if (!answer) throw new Error("An aggregate without GROUP BY answered no row");
  const shown = answer.groups
    .sort(([one, oneCount], [other, otherCount]) => otherCount - oneCount || (one < other ? -1 : 1))
    .map(([value, count]): TraitGroup => ({ value: parseJson(value), count }));
  const missing = answer.count - answer.given;
  const all = missing > 0 ? [...shown, { value: null, count: missing }] : shown;
  return {
    asOf: new Date(now).toISOString(),
    count: answer.count,
    // Sorting is stable: of equal groups, those without a value come last.
    groups: all.sort((one, other) => other.count - one.count),
    others: {
      values: answer.values - shown.length,
      count: answer.given - shown.reduce((sum, { count }) => sum + count, 0),
    },
    tookMs: Math.round(performance.now() - startedAt),
  };
}

/** Rows of each value that is not missing, with how many of `people` have it. */
function groups(trait: string, moment: Moment, people: Sql): Sql {
  const { rows, located } = traitRelation(trait, moment);
  return sql`SELECT ${wholePiece(located)} AS value, count() AS people
    FROM (${rows}) WHERE bitmapContains(${people}, profile)
    GROUP BY value HAVING value NOT IN ('', 'null', '""', '[]')`;
}
