"use client";

import { Plus } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import type { Direction } from "@/client/audience-draft/move-row";
import { findRow } from "@/client/audience-draft/rows";
import { Button } from "../ui/button";
import { cn } from "../ui/class-names";
import { Kbd } from "../ui/kbd";
import { AddCondition } from "./add-condition";
import { type Builder, useBuilder } from "./builder-context";
import { ConditionRow } from "./condition-row";
import { RowDragging } from "./row-dragging";
import { rowGrid } from "./row-grid";
import { rowEdits } from "./use-row-edits";
import { WhoRow } from "./who-row";
import { moveFocus, rowIdOf } from "./word-focus";

interface ConditionListProps {
  candidates: number | undefined;
  /** Under the conditions: starters, where there are none. */
  children?: ReactNode;
}

/** All conditions from the top: who could be in, each row with what it leaves, and a way to add one. */
export function ConditionList({ candidates, children }: ConditionListProps) {
  const builder = useBuilder();
  const { draft, figures } = builder;
  const last = { groupId: null, index: draft.rows.length };
  return (
    <section
      aria-label="Conditions"
      className="min-w-0 px-5 pt-3.5 pb-24 max-desk:px-3 max-desk:pt-0 max-desk:pb-6"
      onKeyDown={(event) => onWordKey(event, builder)}
    >
      <div className={cn(rowGrid, "pb-1.5 text-12 text-ink-3 max-desk:hidden")} aria-hidden>
        <span />
        <span>Condition</span>
        <span className="text-right">Alone</span>
        <span className="text-right">Removes</span>
        <span className="text-right">Left</span>
      </div>
      <WhoRow candidates={candidates} />
      <RowDragging>
        <ol aria-label="All of these">
          {draft.rows.map((row, index) => (
            <ConditionRow
              key={row.id}
              row={row}
              name={`condition ${index + 1}`}
              joiner="and"
              depth={0}
              share={shareOf(figures.get(row.id)?.left, candidates)}
            />
          ))}
        </ol>
      </RowDragging>
      <div className="flex flex-wrap items-center gap-x-3.5 border-t border-line pt-2.5">
        <AddCondition id="add" place={last}>
          <Button look="quiet" data-word="add" className="-ml-2.5">
            <Plus aria-hidden />
            Add condition{" "}
            <span className="max-desk:hidden">
              <Kbd>/</Kbd>
            </span>
          </Button>
        </AddCondition>
        {draft.rows.length > 0 && (
          <AddCondition id="add-group" place={last} grouped>
            <Button look="quiet" data-word="add-group">
              <Plus aria-hidden />
              Add “any of” group
            </Button>
          </AddCondition>
        )}
      </div>
      {children}
    </section>
  );
}

function shareOf(left: number | undefined, candidates: number | undefined): number | undefined {
  return left === undefined || !candidates ? undefined : left / candidates;
}

/** On a word: the arrows go from word to word and from row to row; with Alt they move the row; Ctrl or Cmd with D copies it. */
function onWordKey(event: KeyboardEvent<HTMLElement>, builder: Builder): void {
  const word = event.target instanceof HTMLElement ? event.target.dataset.word : undefined;
  if (word === undefined || event.defaultPrevented || event.shiftKey) return;
  const handled =
    event.ctrlKey || event.metaKey || event.altKey ? editRow(event, word, builder) : moveFocus(event.key, word);
  if (handled) event.preventDefault();
}

const directions: Partial<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowRight: "in",
  ArrowLeft: "out",
};

function editRow(event: KeyboardEvent, word: string, builder: Builder): boolean {
  const id = rowIdOf(word);
  if (!findRow(builder.draft.rows, id)) return false;
  const edits = rowEdits(builder, id);
  if (event.altKey) {
    const direction = directions[event.key];
    if (direction) edits.move(direction, word);
    return direction !== undefined;
  }
  if (event.key.toLowerCase() !== "d") return false;
  edits.duplicate();
  return true;
}
