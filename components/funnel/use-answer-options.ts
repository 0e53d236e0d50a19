"use client";

import { createParser, parseAsStringLiteral, useQueryStates } from "nuqs";
import { entryUnits } from "@/core/funnel/figure";
import type { FunnelRange } from "@/core/funnel/rules";

const answerViews = ["steps", "over-time", "time-taken"] as const;
type AnswerView = (typeof answerViews)[number];

const day = /^\d{4}-\d{2}-\d{2}$/;
/** Two days as 2026-10-01..2026-11-01, the second one not in it. */
const parseAsRange = createParser<FunnelRange>({
  parse(text) {
    const [from = "", to = "", ...more] = text.split("..");
    return more.length === 0 && day.test(from) && day.test(to) && from < to ? { from, to } : null;
  },
  serialize: ({ from, to }) => `${from}..${to}`,
  eq: (left, right) => left.from === right.from && left.to === right.to,
});

const options = {
  view: parseAsStringLiteral(answerViews).withDefault("steps"),
  by: parseAsStringLiteral(entryUnits).withDefault("day"),
  compare: parseAsRange,
};

/** How the answer is looked at, in the page's address: it is not part of the funnel, and can be sent to somebody. */
export function useAnswerOptions() {
  const [{ view, by, compare }, set] = useQueryStates(options);
  return {
    view,
    by,
    compare: compare ?? undefined,
    setView: (next: AnswerView) => void set({ view: next }),
    setBy: (next: (typeof entryUnits)[number]) => void set({ by: next }),
    setCompare: (next: FunnelRange | undefined) => void set({ compare: next ?? null }),
  };
}

export type AnswerOptions = ReturnType<typeof useAnswerOptions>;
