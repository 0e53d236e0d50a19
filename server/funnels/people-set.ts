import type { FunnelNode } from "@/core/audience/definition";
import type { CompileContext } from "@/server/audiences/compile/compile";
import { PeopleBits } from "@/server/event-store/people-bits";
import type { BlockReader } from "@/server/event-store/sql";
import { figurePeople } from "./figure-people";
import { funnelQuery } from "./funnel-query";

/**
 * The people of a funnel that stands in the definition of an audience: everybody whom the figure means, anonymous people among
 * them, for who is counted is said around it.
 */
export function funnelPeople(
  store: BlockReader,
  node: FunnelNode,
  context: CompileContext,
  signal: AbortSignal | undefined,
): Promise<PeopleBits> {
  const { kind: _kind, funnel, ...figure } = node;
  const { now, timeZone } = context;
  const find = async () => {
    const query = funnelQuery({ ...funnel, includeAnonymous: true }, context);
    return PeopleBits.ofNumbers(await figurePeople(store, query, figure, { limit: Infinity, signal, nested: true }));
  };
  // What an audience means may change without a write to this store.
  const ofAudience = funnel.breakdown !== undefined && "audienceId" in funnel.breakdown;
  return ofAudience ? find() : store.keptPeople(`funnel:${now}:${timeZone}:${JSON.stringify(node)}`, find);
}
