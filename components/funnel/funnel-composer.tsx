"use client";

import { type KeyboardEvent, useId, useState } from "react";
import { BuilderProvider } from "../audience-builder/builder-context";
import { useWindowKeys } from "../audience-builder/use-window-keys";
import { moveFocus } from "../audience-builder/word-focus";
import { useKeyList, useShortcut } from "../shell/keys";
import { TextLink } from "../ui/text-link";
import { FunnelAnswer } from "./funnel-answer";
import { funnelKeys } from "./funnel-keys";
import { FunnelSentence } from "./funnel-sentence";
import { StepList } from "./step-list";
import { useAnswerOptions } from "./use-answer-options";
import type { FunnelEditing } from "./use-funnel-draft";

interface FunnelComposerProps {
  editing: FunnelEditing;
  onSave: () => void;
}

/** The funnel as a sentence, its steps, and what they come to. */
export function FunnelComposer({ editing, onSave }: FunnelComposerProps) {
  const stepsId = useId();
  const [stepsShown, setStepsShown] = useState(() => editing.unfinished.size > 0);
  const options = useAnswerOptions();
  const { undo, redo, builder, funnel, overtaken, discard } = editing;
  useKeyList("Funnel", funnelKeys);
  useShortcut("/", () => {
    setStepsShown(true);
    builder.setOpen("add");
  });
  useWindowKeys({ undo: () => undo?.(), redo: () => redo?.(), save: onSave });
  return (
    <BuilderProvider value={builder}>
      {overtaken && (
        <p className="mb-3 rounded-3 border border-line bg-sunken px-3 py-2 text-ink-2">
          This funnel has been saved anew since you began to change it.{" "}
          <TextLink onClick={discard}>Show what is saved</TextLink>
        </p>
      )}
      <section aria-label="Funnel" onKeyDown={onWordKey}>
        <FunnelSentence
          editing={editing}
          compare={options.compare}
          onCompare={options.setCompare}
          stepsShown={stepsShown}
          onShowSteps={setStepsShown}
          stepsId={stepsId}
        />
        {stepsShown && <StepList id={stepsId} editing={editing} />}
      </section>
      <FunnelAnswer funnel={funnel} options={options} />
    </BuilderProvider>
  );
}

/** On a word the arrows go from word to word and from row to row. */
function onWordKey(event: KeyboardEvent<HTMLElement>): void {
  const word = event.target instanceof HTMLElement ? event.target.dataset.word : undefined;
  if (word === undefined || event.defaultPrevented) return;
  if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
  if (moveFocus(event.key, word)) event.preventDefault();
}
