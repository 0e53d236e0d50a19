"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useReducer, useState } from "react";
import { workspaceStorage } from "@/client/current-workspace";
import { compileDraft } from "@/client/funnel-draft/compile";
import type { FunnelDraft } from "@/client/funnel-draft/draft";
import { rowsOf, withRows } from "@/client/funnel-draft/edits";
import { funnelHistoryReducer, openFunnelHistory } from "@/client/funnel-draft/history";
import { openDraft } from "@/client/funnel-draft/open";
import { sameFunnel } from "@/client/funnel-draft/same-funnel";
import { forgetFunnelDraft, keepFunnelDraft, readFunnelDraft } from "@/client/funnel-draft/stored-draft";
import { audiencesQuery } from "@/client/queries/audiences";
import { eventsQuery, traitsQuery } from "@/client/queries/catalogue";
import { useTimeZone } from "@/client/queries/workspace";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { Builder } from "../audience-builder/builder-context";
import { useFocusRequest } from "../audience-builder/use-focus-request";
import { useOpenWord } from "../audience-builder/use-open-word";

const none = new Map<never, never>();

interface Opening {
  /** Null for a new funnel. */
  funnelId: string | null;
  name: string;
  /** What is saved; for a new funnel what it begins with. */
  saved: FunnelDefinition;
}

/**
 * A funnel's draft with undo, kept in the browser until it is saved or discarded, and what the words of its steps need:
 * the same as those of an audience's rows.
 */
export function useFunnelDraft({ funnelId, name: savedName, saved }: Opening) {
  const [kept] = useState(() => readFunnelDraft(workspaceStorage, funnelId));
  const [{ present: draft, past, future }, dispatch] = useReducer(funnelHistoryReducer, null, () =>
    openFunnelHistory(kept?.draft ?? openDraft(saved)),
  );
  const [name, setName] = useState(kept?.name ?? savedName);
  const [base, setBase] = useState(kept?.base ?? saved);
  const openWord = useOpenWord();
  const focus = useFocusRequest();
  const events = useQuery(eventsQuery).data;
  const traits = useQuery(traitsQuery).data;
  const audiences = useQuery(audiencesQuery({ archived: false })).data;
  const timeZone = useTimeZone();
  const compiled = useMemo(() => compileDraft(draft), [draft]);
  const { funnel, unfinished } = compiled;
  const changed = unfinished.size > 0 || !sameFunnel(funnel, saved) || (funnelId === null && name !== savedName);
  useEffect(() => {
    if (changed) keepFunnelDraft(workspaceStorage, funnelId, { base, name, draft });
    else forgetFunnelDraft(workspaceStorage, funnelId);
  }, [changed, funnelId, base, name, draft]);

  const edit = (change: (draft: FunnelDraft) => FunnelDraft, step?: string) => dispatch({ type: "edit", change, step });
  const rows: Builder["draft"] = { includeAnonymous: false, rows: rowsOf(draft), nextId: draft.nextId };
  const builder: Builder = {
    draft: rows,
    edit: (change, step) =>
      edit((now) => {
        const after = change({ includeAnonymous: false, rows: rowsOf(now), nextId: now.nextId });
        return withRows(
          now,
          after.rows.filter((row) => row.kind === "event"),
          after.nextId,
        );
      }, step),
    events,
    traits,
    accountTraits: undefined,
    audiences,
    timeZone,
    unfinished,
    figures: none,
    stale: false,
    refusals: none,
    ...openWord,
    focus,
    showPeople: () => undefined,
    aloneOf: () => undefined,
    downTo: () => undefined,
  };
  const show = (funnel: FunnelDefinition) => {
    const opened = openDraft(funnel);
    edit((now) => ({ ...opened, nextId: Math.max(opened.nextId, now.nextId) }));
    setBase(funnel);
  };
  return {
    draft,
    ...compiled,
    name,
    setName,
    changed,
    /** The funnel was saved by somebody else, or elsewhere, since this draft was begun. */
    overtaken: funnelId !== null && changed && !sameFunnel(base, saved),
    edit,
    focus,
    builder,
    undo: past.length > 0 ? () => dispatch({ type: "undo" }) : null,
    redo: future.length > 0 ? () => dispatch({ type: "redo" }) : null,
    /** Back to what is saved, as a step that can be undone. */
    discard: () => {
      show(saved);
      setName(savedName);
    },
    /** Another version is saved now; as a step that can be undone. */
    follow: show,
    /** Nothing is kept of it any more: what it says has been saved. */
    saveDone: (as: FunnelDefinition) => {
      setBase(as);
      forgetFunnelDraft(workspaceStorage, funnelId);
    },
  };
}

export type FunnelEditing = ReturnType<typeof useFunnelDraft>;
