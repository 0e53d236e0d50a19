"use client";

import type { AudienceDraft } from "@/client/audience-draft/draft";
import type { DraftWindow } from "@/client/audience-draft/draft-window";
import { durationWords } from "@/core/audience/describe/number-words";
import { windowWords } from "@/core/audience/describe/window-words";
import { AnchorWords } from "./anchor-words";
import { useBuilder } from "./builder-context";
import { resolvedWords } from "./resolved-window";
import { WindowEditor } from "./window-editor";
import { WordPopover } from "./word-popover";

interface WindowWordsProps {
  rowId: string;
  window: DraftWindow;
  /** Puts another window where this one stands. */
  write: (draft: AudienceDraft, window: DraftWindow) => AudienceDraft;
  /** The row asks for people who did not: whom "everyone" means is said. */
  absence?: boolean;
  /** How no limit at all is called here. */
  ever?: string;
}

/** "in the last 14 days", "this month", "within 7 days after their first Account Created". */
export function WindowWords({ rowId, window, write, absence = false, ever = "ever" }: WindowWordsProps) {
  const { edit, timeZone } = useBuilder();
  return (
    <>
      <WordPopover
        wordId={`${rowId}/window`}
        label={window.kind === "ever" ? ever : labelOf(window, timeZone)}
        title="When"
        hint={resolvedWords(window, Date.now(), timeZone)}
        popoverClassName="w-[420px]"
        onClear={() => edit((draft) => write(draft, { kind: "ever" }))}
      >
        {(opened) => (
          <WindowEditor
            opened={opened}
            window={window}
            timeZone={timeZone}
            absence={absence}
            ever={ever}
            onChange={(next) => edit((draft) => write(draft, next), opened.step)}
          />
        )}
      </WordPopover>{" "}
      {window.kind === "after" && (
        <AnchorWords
          rowId={rowId}
          anchor={window.anchor}
          write={(draft, anchor) => write(draft, { ...window, anchor })}
        />
      )}
    </>
  );
}

function labelOf(window: DraftWindow, timeZone: string): string {
  return window.kind === "after" ? `within ${durationWords(window)} after` : windowWords(window, timeZone);
}
