import * as z from "zod";
import type { AudienceOverlap } from "@/core/api/audience-insight";
import type { Audience } from "@/core/api/audiences";
import type { AudienceDefinition } from "@/core/audience/definition";
import { validateDefinition } from "@/core/audience/validate";
import { join, sql } from "@/server/event-store/sql";
import type { Services } from "@/server/services";
import { type CompileContext, compileAudience } from "./compile/compile";
import { Sets } from "./compile/sets";
import { audienceContext, momentOf } from "./context";
import { readAudiences } from "./saved-counts";

interface OverlapInput {
  definition: AudienceDefinition;
  audienceIds: readonly string[];
  asOf?: string | undefined;
}

type Stores = Pick<Services, "eventStore" | "metadata" | "now">;

const row = z.strictObject({ count: z.int(), others: z.array(z.tuple([z.int(), z.int()])) });

/** As many as keep a statement short enough for the engine to plan quickly. */
const together = 20;

/**
 * What a definition has in common with saved audiences, each by its own includeAnonymous, all as of one moment. Errors:
 * `invalid` for the definition and for an id that there is not.
 */
export async function overlapOfAudiences(
  services: Stores,
  { definition, audienceIds, asOf }: OverlapInput,
  signal?: AbortSignal,
): Promise<AudienceOverlap> {
  const startedAt = performance.now();
  const now = momentOf(services, asOf);
  const context = await audienceContext(services, now);
  validateDefinition(definition, context);
  const audiences = await readAudiences(services, audienceIds);
  const overlaps: z.infer<typeof row>[] = [];
  for (let start = 0; start < audiences.length; start += together) {
    const some = audiences.slice(start, start + together);
    overlaps.push(await overlapsTogether(services, definition, some, context, signal));
  }
  const count = overlaps[0]?.count ?? 0;
  const others = overlaps.flatMap((overlap) => overlap.others);
  return {
    asOf: new Date(now).toISOString(),
    count,
    items: audiences.map(({ id, name }, index) => {
      const [size, both] = others[index] ?? [0, 0];
      return {
        id,
        name,
        count: size,
        both,
        onlyThis: count - both,
        onlyThat: size - both,
        either: count + size - both,
      };
    }),
    tookMs: Math.round(performance.now() - startedAt),
  };
}

async function overlapsTogether(
  { eventStore }: Stores,
  definition: AudienceDefinition,
  audiences: readonly Audience[],
  context: CompileContext,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof row>> {
  const sets = new Sets();
  const { members } = compileAudience(definition, context, sets);
  const others = audiences.map((audience) => {
    const other = compileAudience(audience.definition, context, sets).members;
    return sql`(bitmapCardinality(${other}), bitmapAndCardinality(${members}, ${other}))`;
  });
  const [answer] = await eventStore.query(
    sets.select(sql`bitmapCardinality(${members}) AS count, [${join(others)}] AS others`),
    row,
    { signal },
  );
  if (!answer) throw new Error("A statement without a table answered no row");
  return answer;
}
