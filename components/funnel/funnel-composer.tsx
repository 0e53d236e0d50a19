"use client";

import { useEffect, useId, useState } from "react";
import { BuilderProvider } from "../audience-builder/builder-context";
import { FunnelAnswer } from "./funnel-answer";
import { FunnelSentence } from "./funnel-sentence";
import { StepList } from "./step-list";
import type { FunnelEditing } from "./use-funnel-draft";

interface FunnelComposerProps {
  editing: FunnelEditing;
  onSave: () => void;
}

/** The funnel as a sentence, its steps, and what they come to. */
export function FunnelComposer({ editing, onSave }: FunnelComposerProps) {
  const stepsId = useId();
  const [stepsShown, setStepsShown] = useState(() => editing.unfinished.size > 0);
  const { undo, redo, builder, funnel } = editing;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      const key = event.key.toLowerCase();
      const act = key === "s" ? onSave : key === "z" ? (event.shiftKey ? redo : undo) : null;
      if (act === null) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  });
  return (
    <BuilderProvider value={builder}>
      <section aria-label="Funnel">
        <FunnelSentence editing={editing} stepsShown={stepsShown} onShowSteps={setStepsShown} stepsId={stepsId} />
        {stepsShown && <StepList id={stepsId} editing={editing} />}
      </section>
      <FunnelAnswer funnel={funnel} />
    </BuilderProvider>
  );
}
