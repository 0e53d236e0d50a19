import type { FunnelDefinition } from "@/core/funnel/definition";
import type { FunnelExclusion, FunnelStep } from "@/core/funnel/rules";
import { compileMatch } from "../audience-draft/compile-match";
import type { DraftExclusion, FunnelDraft } from "./draft";

export interface CompiledFunnel {
  /** Of the finished steps; null when there is none. */
  funnel: FunnelDefinition | null;
  /** Rows and filters that are left out because something in them is still to be chosen. */
  unfinished: ReadonlySet<string>;
  /** Number of each finished step, from 1, by its row. */
  numbers: ReadonlyMap<string, number>;
}

/** The funnel that a draft says. What is not finished, or names a step that is not, is left out. */
export function compileDraft(draft: FunnelDraft): CompiledFunnel {
  const unfinished = new Set<string>();
  const numbers = new Map<string, number>();
  const steps = draft.rows.flatMap((row): FunnelStep[] => {
    const match = compileMatch(row, unfinished);
    if (match === null) {
      unfinished.add(row.id);
      return [];
    }
    numbers.set(row.id, numbers.size + 1);
    const label = draft.labels[row.id]?.trim();
    const optional = numbers.size > 1 && isOptional(draft, row.id);
    return [{ ...match, ...(optional && { optional }), ...(label && { label }) }];
  });
  if (steps.length === 0) return { funnel: null, unfinished, numbers };
  const exclude = draft.exclude.flatMap((exclusion): FunnelExclusion[] => {
    const compiled = compileExclusion(exclusion, numbers, unfinished);
    if (compiled === null) unfinished.add(exclusion.row.id);
    return compiled === null ? [] : [compiled];
  });
  const breakdown = compileBreakdown(draft, numbers);
  const funnel = { ...draft.rest, steps, ...(exclude.length > 0 && { exclude }), ...(breakdown && { breakdown }) };
  return { funnel, unfinished, numbers };
}

/** Whether a step may be skipped: in any order none comes before another, so that none can be. */
export function isOptional({ optional, rest }: Pick<FunnelDraft, "optional" | "rest">, id: string): boolean {
  return rest.order !== "unordered" && optional.includes(id);
}

function compileExclusion(
  { row, after, before }: DraftExclusion,
  numbers: ReadonlyMap<string, number>,
  unfinished: Set<string>,
): FunnelExclusion | null {
  const { event, ...match } = compileMatch(row, unfinished) ?? {};
  const from = after === null ? 1 : numbers.get(after);
  const to = before === null ? numbers.size : numbers.get(before);
  if (event === undefined || from === undefined || to === undefined || from >= to) return null;
  return { event, ...match, ...(after !== null && { after: from }), ...(before !== null && { before: to }) };
}

function compileBreakdown(
  { breakdown }: FunnelDraft,
  numbers: ReadonlyMap<string, number>,
): FunnelDefinition["breakdown"] {
  switch (breakdown?.kind) {
    case undefined:
      return undefined;
    case "trait":
      return { trait: breakdown.trait };
    case "audience":
      return { audienceId: breakdown.audienceId };
    case "property": {
      const step = numbers.get(breakdown.step);
      return step === undefined ? undefined : { property: breakdown.property, step };
    }
  }
}
