import type { FunnelNode } from "@/core/audience/definition";
import type { CompileContext } from "@/server/audiences/compile/compile";
import { bitmapFromText, bitmapTextOf } from "@/server/event-store/bitmap";
import { Later, Sql } from "@/server/event-store/sql";
import { figurePeople } from "./figure-people";
import { funnelQuery } from "./funnel-query";

/**
 * The bitmap of the people of a funnel that stands in the definition of an audience: everybody whom the figure means, anonymous
 * people among them, for who is counted is said around it. They are found when the statement is sent.
 */
export function funnelPeople(node: FunnelNode, context: CompileContext): Sql {
  const { kind: _kind, funnel, ...figure } = node;
  const query = funnelQuery({ ...funnel, includeAnonymous: true }, context);
  return new Sql([
    new Later(async (store, signal) => {
      const people = await figurePeople(store, query, figure, { limit: Infinity, signal, nested: true });
      return bitmapFromText(bitmapTextOf(Uint32Array.from(people)));
    }),
  ]);
}
