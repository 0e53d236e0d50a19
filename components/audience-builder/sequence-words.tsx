"use client";

import type { ReactNode } from "react";
import type { SequenceRow } from "@/client/audience-draft/draft";
import { operatorWords, valueWords } from "@/client/audience-draft/operator-words";
import { replaceRow } from "@/client/audience-draft/rows";
import { durationWords, windowWords } from "@/client/audience-draft/window-words";
import type { EventMatch, SequenceNode } from "@/core/audience/definition";
import type { EventFilter } from "@/core/audience/filter";
import type { Duration } from "@/core/duration";
import { cn } from "../ui/class-names";
import { useBuilder } from "./builder-context";
import { DurationWord } from "./duration-word";
import { EventWord } from "./event-word";
import type { ChosenEvent } from "./options";
import { useRowEdits } from "./use-row-edits";
import { Word } from "./word";

/** "1 did A, 2 then B within 7 days, 3 then not C within 24 hours": a line for each step. */
export function SequenceWords({ row }: { row: SequenceRow }) {
  const { edit, timeZone } = useBuilder();
  const { remove } = useRowEdits(row.id);
  const { node } = row;
  const change = (next: SequenceNode, step?: string) =>
    edit((draft) => replaceRow(draft, { ...row, node: next }), step);
  return (
    <>
      {node.steps.map((step, index) => {
        const changeStep = (next: typeof step, name?: string) =>
          change({ ...node, steps: node.steps.with(index, next) }, name);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its number
          <Line key={index} number={index + 1}>
            {index === 0 ? (
              <Word
                wordId={`${row.id}/did`}
                look={row.negated ? "absence" : "plain"}
                onClear={remove}
                onClick={() => edit((draft) => replaceRow(draft, { ...row, negated: !row.negated }))}
              >
                {row.negated ? "did not do in this order:" : "did"}
              </Word>
            ) : (
              "then"
            )}{" "}
            <MatchWords
              wordId={`${row.id}/step${index}`}
              match={step}
              onChange={(match) => changeStep({ ...step, ...match })}
            />{" "}
            {index === 0 && node.window && <span>{windowWords(node.window, timeZone)}</span>}
            {step.within && (
              <DurationWord
                wordId={`${row.id}/within${index}`}
                words={`within ${durationWords(step.within)}${step.within.of === "first" ? " of the first" : ""}`}
                duration={step.within}
                onChange={(within, name) => changeStep({ ...step, within: { ...step.within, ...within } }, name)}
              />
            )}
          </Line>
        );
      })}
      {node.thenNot && <ThenNot row={row} thenNot={node.thenNot} onChange={change} />}
    </>
  );
}

interface ThenNotProps {
  row: SequenceRow;
  thenNot: NonNullable<SequenceNode["thenNot"]>;
  onChange: (node: SequenceNode, step?: string) => void;
}

function ThenNot({ row, thenNot, onChange }: ThenNotProps) {
  const change = (within: Duration, step?: string) => onChange({ ...row.node, thenNot: { ...thenNot, within } }, step);
  return (
    <Line number={row.node.steps.length + 1} absent>
      <span className="font-word underline decoration-[1.5px] underline-offset-3">then not</span>{" "}
      <MatchWords
        wordId={`${row.id}/not`}
        match={thenNot}
        onChange={(match) => onChange({ ...row.node, thenNot: { ...thenNot, ...match } })}
      />{" "}
      {thenNot.within && (
        <DurationWord
          wordId={`${row.id}/not-within`}
          words={`within ${durationWords(thenNot.within)}`}
          duration={thenNot.within}
          onChange={change}
        />
      )}
    </Line>
  );
}

function Line({ number, absent = false, children }: { number: number; absent?: boolean; children: ReactNode }) {
  return (
    <span className="block">
      <span
        className={cn(
          "mr-1.5 inline-grid size-4 place-items-center rounded-full border border-line-control align-[1px] text-11 text-ink-2",
          absent && "border-dashed",
        )}
      >
        {number}
      </span>
      {children}
    </span>
  );
}

interface MatchWordsProps {
  wordId: string;
  match: EventMatch;
  onChange: (match: Pick<EventMatch, "event" | "type">) => void;
}

/** The event of a step, with its filters told. */
function MatchWords({ wordId, match, onChange }: MatchWordsProps) {
  const { timeZone } = useBuilder();
  const chosen: ChosenEvent = {
    choice: match.event === undefined ? { kind: "any" } : { kind: "named", event: match.event },
    type: match.type,
  };
  return (
    <>
      <EventWord
        wordId={wordId}
        chosen={chosen}
        onChange={({ choice, type }) => onChange({ event: choice.kind === "named" ? choice.event : undefined, type })}
      />
      {match.where && match.where.length > 0 && (
        <span> where {match.where.map((filter) => filterWords(filter, timeZone)).join(" and ")}</span>
      )}
    </>
  );
}

function filterWords(filter: EventFilter, timeZone: string): string {
  const path = "property" in filter ? filter.property : filter.context;
  const value = "value" in filter ? valueWords(filter.op, filter.value, timeZone) : null;
  return [path, operatorWords(filter.op), value].filter((part) => part !== null).join(" ");
}
