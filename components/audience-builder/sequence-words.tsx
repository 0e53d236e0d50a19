"use client";

import type { SequenceRow } from "@/client/audience-draft/draft";
import { replaceRow } from "@/client/audience-draft/rows";
import { useBuilder } from "./builder-context";
import { useInAccount } from "./in-account";
import { Picker } from "./picker";
import { SequenceStepWords } from "./sequence-step-words";
import { ThenNotWords } from "./then-not-words";
import { useRowEdits } from "./use-row-edits";
import { WindowWords } from "./window-words";
import { WordPopover } from "./word-popover";

/** "1 did A this month, 2 then within 7 days B, 3 and then not C within 24 hours": a line for each step. */
export function SequenceWords({ row }: { row: SequenceRow }) {
  const { steps, thenNot, window } = row;
  const [first, ...later] = steps;
  return (
    <>
      {first && (
        <SequenceStepWords
          row={row}
          step={first}
          number={1}
          lead={<DidWord row={row} />}
          time={
            <WindowWords
              rowId={row.id}
              window={window}
              write={(now, next) => replaceRow(now, { ...row, window: next })}
            />
          }
        />
      )}
      {later.map((step, index) => (
        <SequenceStepWords key={step.id} row={row} step={step} number={index + 2} />
      ))}
      {thenNot && <ThenNotWords row={row} thenNot={thenNot} number={steps.length + 1} />}
    </>
  );
}

function DidWord({ row }: { row: SequenceRow }) {
  const { edit } = useBuilder();
  const { remove } = useRowEdits(row.id);
  const [did, didNot] = useInAccount()
    ? ["somebody of it did", "nobody of it did, in this order:"]
    : ["did", "did not do, in this order:"];
  return (
    <WordPopover
      wordId={`${row.id}/did`}
      look={row.negated ? "absence" : "plain"}
      label={row.negated ? didNot : did}
      title="Did these in this order, or did not"
      popoverClassName="w-72"
      onClear={remove}
    >
      {(opened) => (
        <Picker
          noun="choices"
          current={String(row.negated)}
          options={[
            { key: "false", value: false, label: `${did}, in this order` },
            { key: "true", value: true, label: didNot.replace(":", "") },
          ]}
          onChoose={(negated) => {
            edit((draft) => replaceRow(draft, { ...row, negated }));
            opened.close();
          }}
          onLeave={opened.leave}
        />
      )}
    </WordPopover>
  );
}
