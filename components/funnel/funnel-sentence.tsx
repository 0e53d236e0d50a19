"use client";

import { formatNoun } from "@/client/format";
import { addStep, changeRest, changeStep } from "@/client/funnel-draft/edits";
import { entryWords, orderWords } from "@/core/funnel/rule-words";
import type { FunnelRange } from "@/core/funnel/rules";
import { funnelEntries, funnelOrders } from "@/core/funnel/rules";
import { EventWord } from "../audience-builder/event-word";
import { Word } from "../audience-builder/word";
import { ChoiceWord } from "./choice-word";
import { CompareWord } from "./compare-word";
import { RangeWord } from "./range-word";
import { SplitWords } from "./split-words";
import type { FunnelEditing } from "./use-funnel-draft";
import { WhoWord } from "./who-word";
import { WindowWord } from "./window-word";

interface FunnelSentenceProps {
  editing: FunnelEditing;
  compare: FunnelRange | undefined;
  onCompare: (compare: FunnelRange | undefined) => void;
  stepsShown: boolean;
  onShowSteps: (shown: boolean) => void;
  /** Of the list that "5 steps" opens. */
  stepsId: string;
}

const orderMeanings = {
  ordered: "other events may lie between",
  strict: "nothing else between",
  unordered: "all within the time limit of the earliest",
} as const;
const entryMeanings = {
  any: "whichever gets a person furthest",
  first: "later ones do not count",
} as const;

/**
 * "from Account Created to Activated in 5 steps, in this order, within 14 days, but not Refunded, started any time, counted
 * from every start, by known people, split by plan"
 */
export function FunnelSentence(props: FunnelSentenceProps) {
  const { editing, compare, onCompare, stepsShown, onShowSteps, stepsId } = props;
  const { draft, edit, focus } = editing;
  const first = draft.rows[0];
  const last = draft.rows.length > 1 ? draft.rows.at(-1) : undefined;
  const unchosen = { choice: { kind: "unchosen" as const }, type: undefined };
  return (
    <p className="group/row flex flex-wrap items-center gap-x-1.5 gap-y-1 text-14 leading-7 text-ink-2">
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
        {formatNoun(draft.rows.length, "step")}
      </Word>
      <ChoiceWord
        wordId="funnel/order"
        title="Order of the steps"
        value={draft.rest.order ?? "ordered"}
        words={orderWords}
        meanings={orderMeanings}
        choices={funnelOrders}
        onChange={(order) => edit((now) => changeRest(now, { order: order === "ordered" ? undefined : order }))}
      />
      <WindowWord editing={editing} />
      {!stepsShown &&
        draft.exclude.map(({ row }) => (
          <span key={row.id} className="flex items-center gap-x-1.5">
            but not
            <Word
              wordId={`shown ${row.id}`}
              look="name"
              onClick={() => {
                onShowSteps(true);
                focus(`${row.id}/event`);
              }}
            >
              {row.choice.kind === "named" ? row.choice.event : "an event still to be chosen"}
            </Word>
          </span>
        ))}
      <span>started</span>
      <RangeWord editing={editing} />
      <span>counted from</span>
      <ChoiceWord
        wordId="funnel/entry"
        title="Which starts count"
        value={draft.rest.entry ?? "any"}
        words={entryWords}
        meanings={entryMeanings}
        choices={funnelEntries}
        onChange={(entry) => edit((now) => changeRest(now, { entry: entry === "any" ? undefined : entry }))}
      />
      <span>by</span>
      <WhoWord editing={editing} />
      <CompareWord range={draft.rest.range} compare={compare} onChange={onCompare} />
      <SplitWords editing={editing} />
    </p>
  );
}
