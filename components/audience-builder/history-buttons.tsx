import { Redo2, Undo2 } from "lucide-react";
import { Button } from "../ui/button";
import type { useDraft } from "./use-draft";

export function HistoryButtons({ draft }: { draft: ReturnType<typeof useDraft> }) {
  return (
    <>
      <Button look="quiet" icon aria-label="Undo" disabled={!draft.canUndo} onClick={draft.undo}>
        <Undo2 aria-hidden />
      </Button>
      <Button look="quiet" icon aria-label="Redo" disabled={!draft.canRedo} onClick={draft.redo}>
        <Redo2 aria-hidden />
      </Button>
    </>
  );
}
