"use client";

import { formatNoun } from "@/client/format";
import { addStep, changeStep } from "@/client/funnel-draft/draft";
import { EventWord } from "../audience-builder/event-word";
import { Word } from "../audience-builder/word";
import { RangeWord } from "./range-word";
import type { FunnelEditing } from "./use-funnel-draft";
import { WhoWord } from "./who-word";
import { WindowWord } from "./window-word";

interface FunnelSentenceProps {
  editing: FunnelEditing;
  stepsShown: boolean;
  onShowSteps: (shown: boolean) => void;
  /** Of the list that "5 steps, in order" opens. */
  stepsId: string;
}

/** "from Account Created to Activated in 5 steps, in order, within 14 days, started any time, by known people" */
export function FunnelSentence({ editing, stepsShown, onShowSteps, stepsId }: FunnelSentenceProps) {
  const { draft, edit } = editing;
  const first = draft.rows[0];
  const last = draft.rows.length > 1 ? draft.rows.at(-1) : undefined;
  const unchosen = { choice: { kind: "unchosen" as const }, type: undefined };
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-14 leading-7 text-ink-2">
      <span>from</span>
      <EventWord
        wordId="funnel/first"
        chosen={first ? { choice: first.choice, type: first.type } : unchosen}
        onChange={(chosen) => edit((now) => (first ? changeStep(now, first.id, chosen) : addStep(now, chosen)))}
      />
      <span>to</span>
      <EventWord
        wordId="funnel/last"
        chosen={last ? { choice: last.choice, type: last.type } : unchosen}
        onChange={(chosen) => edit((now) => (last ? changeStep(now, last.id, chosen) : addStep(now, chosen)))}
      />
      <span>in</span>
      <Word
        wordId="funnel/steps"
        aria-expanded={stepsShown}
        aria-controls={stepsShown ? stepsId : undefined}
        onClick={() => onShowSteps(!stepsShown)}
      >
        {formatNoun(draft.rows.length, "step")}, in order
      </Word>
      <WindowWord editing={editing} />
      <span>started</span>
      <RangeWord editing={editing} />
      <span>by</span>
      <WhoWord editing={editing} />
    </p>
  );
}
