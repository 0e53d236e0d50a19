import * as z from "zod";
import type { AudienceDefinition } from "@/core/audience/definition";
import type { EventStore } from "@/server/event-store/event-store";
import { join, type Sql, sql } from "@/server/event-store/sql";
import { type CompileContext, compileAudience } from "./compile/compile";
import { Sets } from "./compile/sets";

export interface AudienceCount {
  count: number;
  /** Who could be in, by the definition's own includeAnonymous. */
  candidates: number;
}

const row = z.strictObject({ counts: z.array(z.int()) });

/** As many as keep a statement short enough for the engine to plan quickly. */
const together = 20;

/** The counts of several definitions at one moment, in their order. What they have in common is computed once. */
export async function countAudiences(
  eventStore: EventStore,
  definitions: readonly AudienceDefinition[],
  context: CompileContext,
  signal?: AbortSignal,
): Promise<AudienceCount[]> {
  const counts: AudienceCount[] = [];
  for (let start = 0; start < definitions.length; start += together) {
    counts.push(...(await countTogether(eventStore, definitions.slice(start, start + together), context, signal)));
  }
  return counts;
}

async function countTogether(
  eventStore: EventStore,
  definitions: readonly AudienceDefinition[],
  context: CompileContext,
  signal: AbortSignal | undefined,
): Promise<AudienceCount[]> {
  const sets = new Sets();
  const numbers = definitions.flatMap((definition): Sql[] => {
    const { members, candidates } = compileAudience(definition, context, sets);
    return [sql`bitmapCardinality(${members})`, sql`bitmapCardinality(${candidates})`];
  });
  const [answer] = await eventStore.query(sets.select(sql`[${join(numbers)}] AS counts`), row, { signal });
  return definitions.map((_, index) => ({
    count: answer?.counts[index * 2] ?? 0,
    candidates: answer?.counts[index * 2 + 1] ?? 0,
  }));
}
