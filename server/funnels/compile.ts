import { durationMs } from "@/core/duration";
import { countedDefinition, countsAnonymous } from "@/core/funnel/counted";
import type { FunnelDefinition } from "@/core/funnel/definition";
import { funnelRange } from "@/core/funnel/evaluate";
import { type CompileContext, membersSubquery } from "@/server/audiences/compile/compile";
import { candidates } from "@/server/profiles/live";
import type { ChainQuery } from "./chains";

/** What a funnel asks as of `context.now`. Throws `invalid` for references to no audience and for text that is no date. */
export function compileFunnel(funnel: FunnelDefinition, context: CompileContext): ChainQuery {
  const definition = countedDefinition(funnel);
  return {
    steps: funnel.steps,
    moment: context,
    counted: definition ? membersSubquery(definition, context) : candidates(context.now, countsAnonymous(funnel)),
    windowMs: funnel.window && durationMs(funnel.window),
    range: funnelRange(funnel, context),
  };
}
