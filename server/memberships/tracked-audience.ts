import { createHash } from "node:crypto";
import { dependsOnOthers } from "@/core/audience/account-leaves";
import type { AudienceDefinition } from "@/core/audience/definition";
import { type EvaluationContext, evaluate } from "@/core/audience/evaluate";
import { isReservedTrait } from "@/core/audience/filter";
import { type HistoryParts, partsOf } from "@/core/audience/history-index";
import { type NeededHistory, neededHistory } from "@/core/audience/needed-history";
import { leavesOf } from "@/core/audience/next-change/leaves";
import { type AudiencesById, checkReferences, referencesOf } from "@/core/audience/references";
import { type TimeEdge, timeEdges } from "@/core/audience/time-edges";

/** An audience whose log is kept, with what tells when to look at whom. */
export interface TrackedAudience {
  readonly id: string;
  readonly definition: AudienceDefinition;
  /** Differs whenever the same people at the same moment might not be in: by the zone, or by a definition that it refers to. */
  readonly meaning: string;
  readonly needed: NeededHistory;
  readonly parts: HistoryParts;
  readonly edges: readonly TimeEdge[];
  /** So long after a message time changes nothing by it but at a midnight, in milliseconds; 0 where that is not known. */
  readonly stillMs: number;
  /** Time can change it at moments that only a look at everybody tells. */
  readonly isUnforeseen: boolean;
  /** It asks of the people around somebody, so that a look at one person does not tell. */
  readonly asksOthers: boolean;
  /** Somebody who has just appeared may be in by that alone, though nothing that they did is asked for. */
  readonly letsNewcomersIn: boolean;
}

/** Undefined for a definition that refers to an audience that there is not. */
export function trackedAudience(
  id: string,
  definition: AudienceDefinition,
  timeZone: string,
  audiences: AudiencesById,
): TrackedAudience | undefined {
  try {
    checkReferences(definition, audiences);
  } catch {
    return undefined;
  }
  const edges = timeEdges(definition, audiences);
  const needed = neededHistory(definition, audiences);
  return {
    id,
    definition,
    meaning: createHash("sha256")
      .update(JSON.stringify([timeZone, definition, ...referred(definition, audiences)]))
      .digest("hex"),
    needed,
    parts: partsOf(needed),
    edges,
    stillMs: Math.min(Infinity, ...edges.map(stillAfter)),
    isUnforeseen: edges.some(({ of }) => of === "contents"),
    asksOthers: dependsOnOthers(definition, audiences),
    letsNewcomersIn: letsNewcomersIn(definition, edges, { timeZone, audiences }),
  };
}

function stillAfter(edge: TimeEdge): number {
  if (edge.of === "midnight") return Infinity;
  return edge.of === "contents" ? 0 : edge.afterMs;
}

/** Of whom nothing is known that a definition asks for, the answer is the same for ever, unless it asks for just that. */
function letsNewcomersIn(
  definition: AudienceDefinition,
  edges: readonly TimeEdge[],
  context: EvaluationContext,
): boolean {
  const asksWho = leavesOf(definition, context.audiences).some(
    (leaf) => (leaf.kind === "trait" && isReservedTrait(leaf.trait)) || leaf.kind === "funnel",
  );
  if (asksWho || edges.some(({ of }) => of === "first-message")) return true;
  const first = {
    messageId: "",
    type: "group",
    event: "",
    timestamp: 0,
    arrival: 0,
    properties: {},
    context: {},
  } as const;
  return [null, "newcomer"].some((userId) =>
    evaluate(definition, { userId, anonymousIds: [], messages: [first] }, 0, context),
  );
}

/** Every audience that a definition rests on, by id. */
function referred(definition: AudienceDefinition, audiences: AudiencesById): [string, AudienceDefinition][] {
  const found = new Map<string, AudienceDefinition>();
  const follow = ({ root }: AudienceDefinition) => {
    for (const { audienceId } of referencesOf(root)) {
      const other = audiences.get(audienceId);
      if (!other || found.has(audienceId)) continue;
      found.set(audienceId, other.definition);
      follow(other.definition);
    }
  };
  follow(definition);
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1));
}
