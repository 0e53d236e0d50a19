import type { AudienceDefinition } from "@/core/audience/definition";
import type { EventStore } from "@/server/event-store/event-store";
import { type CompileContext, compileAudience } from "./compile/compile";
import { readSets } from "./compile/set-reader";

export interface AudienceCount {
  count: number;
  /** Who could be in, by the definition's own includeAnonymous. */
  candidates: number;
}

/** The counts of several definitions at one moment, in their order. What they have in common is found once. */
export async function countAudiences(
  eventStore: EventStore,
  definitions: readonly AudienceDefinition[],
  context: CompileContext,
  signal?: AbortSignal,
): Promise<AudienceCount[]> {
  const sets = definitions.flatMap((definition) => {
    const { members, candidates } = compileAudience(definition, context);
    return [members, candidates];
  });
  const found = await readSets(eventStore, sets, { signal });
  return definitions.map((_, index) => ({
    count: found[index * 2]?.count ?? 0,
    candidates: found[index * 2 + 1]?.count ?? 0,
  }));
}
