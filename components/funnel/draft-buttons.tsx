import { Redo2, Undo2 } from "lucide-react";
import { Button } from "../ui/button";
import { TextLink } from "../ui/text-link";
import type { FunnelEditing } from "./use-funnel-draft";

/** Undo and redo, and that there is something to save, with the way back. */
export function DraftButtons({ editing: { undo, redo, changed, discard } }: { editing: FunnelEditing }) {
  return (
    <>
      {changed && (
        <span className="text-12 text-ink-3 max-desk:hidden">
          Changed, not saved · <TextLink onClick={discard}>Discard</TextLink>
        </span>
      )}
      <Button look="quiet" icon aria-label="Undo" disabled={undo === null} onClick={() => undo?.()}>
        <Undo2 aria-hidden />
      </Button>
      <Button look="quiet" icon aria-label="Redo" disabled={redo === null} onClick={() => redo?.()}>
        <Redo2 aria-hidden />
      </Button>
    </>
  );
}
