"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useReducer, useRef } from "react";
import { compileDraft, type FunnelDraft, openDraft } from "@/client/funnel-draft/draft";
import { funnelHistoryReducer, openFunnelHistory } from "@/client/funnel-draft/history";
import { audiencesQuery } from "@/client/queries/audiences";
import { eventsQuery } from "@/client/queries/catalogue";
import { useTimeZone } from "@/client/queries/workspace";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { Builder } from "../audience-builder/builder-context";
import { useOpenWord } from "../audience-builder/use-open-word";
import { findTarget } from "../audience-builder/word-focus";

const none = new Map<never, never>();

/** A funnel's draft with undo, and what the words of its steps need: the same as those of an audience's rows. */
export function useFunnelDraft(initial: FunnelDefinition) {
  const [{ present: draft, past, future }, dispatch] = useReducer(funnelHistoryReducer, initial, (funnel) =>
    openFunnelHistory(openDraft(funnel)),
  );
  const openWord = useOpenWord();
  const events = useQuery(eventsQuery).data;
  const audiences = useQuery(audiencesQuery({ archived: false })).data;
  const timeZone = useTimeZone();
  const compiled = useMemo(() => compileDraft(draft), [draft]);
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    findTarget(wanted.current)?.focus();
    wanted.current = null;
  });

  const edit = (change: (draft: FunnelDraft) => FunnelDraft, step?: string) => dispatch({ type: "edit", change, step });
  const focus = (wordOrRow: string) => {
    wanted.current = wordOrRow;
  };
  const builder: Builder = {
    draft: rowsOf(draft),
    edit: (change, step) =>
      edit((now) => {
        const { rows, nextId } = change(rowsOf(now));
        return { ...now, rows: rows.filter((row) => row.kind === "event"), nextId };
      }, step),
    events,
    traits: undefined,
    audiences,
    timeZone,
    unfinished: compiled.unfinished,
    figures: none,
    stale: false,
    refusals: none,
    ...openWord,
    focus,
    showPeople: () => undefined,
    aloneOf: () => undefined,
    downTo: () => undefined,
  };
  return {
    draft,
    ...compiled,
    edit,
    focus,
    builder,
    undo: past.length > 0 ? () => dispatch({ type: "undo" }) : null,
    redo: future.length > 0 ? () => dispatch({ type: "redo" }) : null,
  };
}

export type FunnelEditing = ReturnType<typeof useFunnelDraft>;

function rowsOf({ rows, nextId }: FunnelDraft): Builder["draft"] {
  return { includeAnonymous: false, rows: [...rows], nextId };
}
