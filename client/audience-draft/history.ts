import type { AudienceDraft } from "./draft";

/** A draft with all that can be undone and redone, kept until the page is left. */
export interface DraftHistory {
  past: readonly AudienceDraft[];
  present: AudienceDraft;
  future: readonly AudienceDraft[];
  /** What the last step belongs to: more edits under the same name (typing in one field) are the same step. */
  step: string | null;
}

export type HistoryAction =
  | { type: "edit"; draft: AudienceDraft; step?: string }
  | { type: "undo" }
  | { type: "redo" }
  /** Starts anew from a draft, without anything to undo. */
  | { type: "open"; draft: AudienceDraft };

export function openHistory(draft: AudienceDraft): DraftHistory {
  return { past: [], present: draft, future: [], step: null };
}

export function historyReducer(history: DraftHistory, action: HistoryAction): DraftHistory {
  const { past, present, future } = history;
  switch (action.type) {
    case "open":
      return openHistory(action.draft);
    case "edit": {
      if (sameDraft(action.draft, present)) return history;
      const step = action.step ?? null;
      const continues = step !== null && step === history.step;
      return { past: continues ? past : [...past, present], present: action.draft, future: [], step };
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

/** Whether two drafts say the same; which ids were given does not matter. */
export function sameDraft(left: AudienceDraft, right: AudienceDraft): boolean {
  return left === right || fingerprint(left) === fingerprint(right);
}

function fingerprint(draft: AudienceDraft): string {
  return JSON.stringify([draft.includeAnonymous, draft.rows], (key, value: unknown) =>
    key === "id" ? undefined : value,
  );
}
