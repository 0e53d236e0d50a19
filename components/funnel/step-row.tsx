"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import type { EventRow } from "@/client/audience-draft/draft";
import { replaceRow } from "@/client/audience-draft/rows";
import { isOptional } from "@/client/funnel-draft/compile";
import { changeStep, moveStep, nameStep } from "@/client/funnel-draft/edits";
import { EventWord } from "../audience-builder/event-word";
import { FilterList } from "../audience-builder/filter-list";
import { useRowEdits } from "../audience-builder/use-row-edits";
import { Button } from "../ui/button";
import { StepName } from "./step-name";
import { StepOptional } from "./step-optional";
import type { FunnelEditing } from "./use-funnel-draft";

interface StepRowProps {
  row: EventRow;
  number: number;
  editing: FunnelEditing;
}

/** "2 Project Created where plan is trial, called First project, or without it", with what moves and removes it. */
export function StepRow({ row, number, editing }: StepRowProps) {
  const { draft, edit, focus, unfinished } = editing;
  const { remove } = useRowEdits(row.id);
  const waiting = unfinished.has(row.id);
  const named = (draft.labels[row.id] ?? "") !== "";
  const optional = number > 1 && isOptional(draft, row.id);
  const name = (
    <StepName
      wordId={`${row.id}/name`}
      name={draft.labels[row.id] ?? ""}
      onChange={(name, step) => edit((now) => nameStep(now, row.id, name), step)}
    />
  );
  const move = (by: 1 | -1) => {
    edit((now) => moveStep(now, row.id, by));
    focus(`${row.id}/event`);
  };
  return (
    <li
      className="group/row flex items-start gap-2 border-t border-line py-1.5 text-14 leading-7 text-ink-2"
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
        event.preventDefault();
        move(event.key === "ArrowUp" ? -1 : 1);
      }}
    >
      <span className="w-4 flex-none text-13 leading-7 text-ink-3">{number}</span>
      <div className="min-w-0 flex-1">
        <EventWord
          wordId={`${row.id}/event`}
          chosen={{ choice: row.choice, type: row.type }}
          onChange={(chosen) => edit((now) => changeStep(now, row.id, chosen))}
        />{" "}
        {named && <>{name} </>}
        {optional && (
          <>
            <StepOptional id={row.id} optional editing={editing} />{" "}
          </>
        )}
        <FilterList
          rowId={row.id}
          match={row}
          filters={row.where}
          write={(now, where) => replaceRow(now, { ...row, where })}
          addId={`${row.id}/where`}
          backTo={`${row.id}/event`}
        />{" "}
        {!named && name}{" "}
        {!optional && number > 1 && draft.rest.order !== "unordered" && (
          <StepOptional id={row.id} optional={false} editing={editing} />
        )}
        {waiting && <p className="text-12 leading-4 text-ink-3">Left out until an event is chosen.</p>}
      </div>
      <div className="flex flex-none">
        <Button
          look="quiet"
          icon
          aria-label={`Move step ${number} up`}
          disabled={number === 1}
          onClick={() => move(-1)}
        >
          <ArrowUp aria-hidden />
        </Button>
        <Button
          look="quiet"
          icon
          aria-label={`Move step ${number} down`}
          disabled={number === draft.rows.length}
          onClick={() => move(1)}
        >
          <ArrowDown aria-hidden />
        </Button>
        <Button look="quiet" icon aria-label={`Remove step ${number}`} onClick={remove}>
          <X aria-hidden />
        </Button>
      </div>
    </li>
  );
}
