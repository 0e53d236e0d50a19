import type { FunnelDraft } from "./draft";

/** A draft with all that can be undone and redone, kept until the page is left. */
export interface FunnelHistory {
  past: readonly FunnelDraft[];
  present: FunnelDraft;
  future: readonly FunnelDraft[];
  /** What the last step belongs to: more edits under the same name (typing in one field) are the same step. */
  step: string | null;
}

export type FunnelAction =
  | { type: "edit"; change: (draft: FunnelDraft) => FunnelDraft; step?: string }
  | { type: "undo" }
  | { type: "redo" };

export function openFunnelHistory(present: FunnelDraft): FunnelHistory {
  return { past: [], present, future: [], step: null };
}

export function funnelHistoryReducer(history: FunnelHistory, action: FunnelAction): FunnelHistory {
  const { past, present, future } = history;
  switch (action.type) {
    case "edit": {
      const next = action.change(present);
      if (next === present) return history;
      const step = action.step ?? null;
      const continues = step !== null && step === history.step;
      return { past: continues ? past : [...past, present], present: next, future: [], step };
    }
    case "undo": {
      const before = past.at(-1);
      return before ? { past: past.slice(0, -1), present: before, future: [present, ...future], step: null } : history;
    }
    case "redo": {
      const [after, ...rest] = future;
      return after ? { past: [...past, present], present: after, future: rest, step: null } : history;
    }
  }
}
