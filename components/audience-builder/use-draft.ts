"use client";

import { useEffect, useReducer, useState } from "react";
import type { AudienceDraft } from "@/client/audience-draft/draft";
import { historyReducer, openHistory, sameDraft } from "@/client/audience-draft/history";
import { forgetDraft, keepDraft, readDraft } from "@/client/audience-draft/stored-draft";
import { workspaceStorage } from "@/client/current-workspace";

interface Opening {
  /** Null for a new audience. */
  audienceId: string | null;
  name: string;
  /** Of the saved audience; 0 for a new one. */
  version: number;
  /** What is saved; a new audience has an empty draft. */
  saved: AudienceDraft;
}

/** The draft of an audience with undo and redo, kept in the browser until it is saved or discarded. */
export function useDraft({ audienceId, name: savedName, version, saved }: Opening) {
  const [kept] = useState(() => readDraft(workspaceStorage, audienceId));
  const [history, dispatch] = useReducer(historyReducer, kept?.draft ?? saved, openHistory);
  const [name, setName] = useState(kept?.name ?? savedName);
  const [base, setBase] = useState(kept?.version ?? version);
  const draft = history.present;
  const changed = !sameDraft(draft, saved) || name !== savedName;

  useEffect(() => {
    if (changed) keepDraft(workspaceStorage, audienceId, { version: base, name, draft });
    else forgetDraft(workspaceStorage, audienceId);
  }, [changed, audienceId, base, name, draft]);

  return {
    draft,
    name,
    setName,
    /** Version that the draft was begun from. */
    base,
    changed,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    edit(change: (draft: AudienceDraft) => AudienceDraft, step?: string) {
      dispatch({ type: "edit", draft: change(draft), step });
    },
    undo: () => dispatch({ type: "undo" }),
    redo: () => dispatch({ type: "redo" }),
    /** Back to what is saved, as a step that can be undone. */
    discard() {
      dispatch({ type: "edit", draft: { ...saved, nextId: Math.max(saved.nextId, draft.nextId) } });
      setName(savedName);
      setBase(version);
    },
    forget: () => forgetDraft(workspaceStorage, audienceId),
  };
}
