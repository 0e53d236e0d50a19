"use client";

import type { DraftRow, GroupMode } from "@/client/audience-draft/draft";
import { assertNever } from "@/core/errors";
import { cn } from "../ui/class-names";
import { AccountTraitWords } from "./account-trait-words";
import { AddCondition } from "./add-condition";
import { AudienceWords } from "./audience-words";
import { useBuilder } from "./builder-context";
import { EventWords } from "./event-words";
import { FunnelWords } from "./funnel-words";
import { GroupWords, groupText } from "./group-words";
import { InAccount, useInAccount } from "./in-account";
import { RowFigures } from "./row-figures";
import { rowGrid } from "./row-grid";
import { RowMenu } from "./row-menu";
import { RowNote } from "./row-note";
import { SequenceWords } from "./sequence-words";
import { TraitWords } from "./trait-words";
import { Word } from "./word";
import { rowIdOf } from "./word-focus";

interface ConditionRowProps {
  row: DraftRow;
  /** How it is called: "condition 3", "condition 3.1". */
  name: string;
  /** Joins it to the one before. */
  joiner: string;
  depth: number;
  /** Share of the candidates left after it. */
  share?: number;
}

/** A condition: its sentence, what it does to the count, what is to be said about it, and the rows inside of it. */
export function ConditionRow({ row, name, joiner, depth, share }: ConditionRowProps) {
  const { open, figures } = useBuilder();
  const inAccount = useInAccount();
  const nested = depth > 0;
  const editing = open !== null && rowIdOf(open) === row.id && !open.endsWith("/add");
  return (
    <li className={nested ? "relative" : "border-t border-line"}>
      <div
        data-row={row.id}
        className={cn(
          rowGrid,
          "group/row relative items-start",
          nested ? "min-h-8 py-0.5 max-desk:pb-2" : "min-h-[41px] pt-1.5 pb-[7px] max-desk:pt-2 max-desk:pb-2.5",
          "has-data-dragging:opacity-50",
          editing ? "bg-accent-ground" : "hover:bg-hover",
          editing &&
            "before:absolute before:inset-y-0 before:-left-5 before:w-0.5 before:bg-accent max-desk:before:-left-3",
        )}
      >
        <div className="flex h-7 items-center justify-end pr-1 text-ink-3 max-desk:h-8 max-desk:justify-start max-desk:pr-0">
          <RowMenu rowId={row.id} name={name} />
          <span className="max-desk:order-first">{joiner}</span>
        </div>
        <div
          data-sentence
          className="min-w-0 text-14 leading-7 text-ink-2 max-desk:col-span-3 max-desk:col-start-2 max-desk:leading-8"
          style={nested ? { paddingLeft: depth * 14 } : undefined}
        >
          <Sentence row={row} />
        </div>
        <RowFigures rowId={row.id} name={name} figures={figures.get(row.id)} share={share} depth={depth} />
        <RowNote row={row} depth={depth} />
      </div>
      {row.kind === "group" && (
        <div className="relative pb-2">
          <span
            aria-hidden
            className="absolute top-0 bottom-2.5 z-[1] w-[1.5px] bg-line-strong"
            style={{ left: `calc(var(--joiner) + 8px + ${depth * 14}px)` }}
          />
          <InAccount value={inAccount || row.of === "account"}>
            {row.of === "account" && (
              <p
                className="text-12 text-ink-3"
                style={{ paddingLeft: `calc(var(--joiner) + 8px + ${(depth + 1) * 14}px)` }}
              >
                Figures here count the people who belong to an account that fits.
              </p>
            )}
            <ol aria-label={groupText(row)}>
              {row.rows.map((child, index) => (
                <ConditionRow
                  key={child.id}
                  row={child}
                  name={`${name}.${index + 1}`}
                  joiner={index === 0 ? "" : joiners[row.mode]}
                  depth={depth + 1}
                />
              ))}
            </ol>
            <div className="pl-[calc(var(--joiner)+8px)]">
              <div style={{ paddingLeft: (depth + 1) * 14 - 5 }}>
                <AddCondition id={`${row.id}/add`} place={{ groupId: row.id, index: row.rows.length }}>
                  <Word wordId={`${row.id}/add`} look="add" aria-label={`Add a condition to ${name}`}>
                    + {joiners[row.mode]}
                  </Word>
                </AddCondition>
              </div>
            </div>
          </InAccount>
        </div>
      )}
    </li>
  );
}

const joiners = { all: "and", any: "or", none: "or", notAll: "and" } as const satisfies Record<GroupMode, string>;

function Sentence({ row }: { row: DraftRow }) {
  const inAccount = useInAccount();
  switch (row.kind) {
    case "event":
      return <EventWords row={row} />;
    case "trait":
      return inAccount ? <AccountTraitWords row={row} /> : <TraitWords row={row} />;
    case "audience":
      return (
        <>
          {inAccount && "somebody of it "}
          <AudienceWords row={row} />
        </>
      );
    case "sequence":
      return <SequenceWords row={row} />;
    case "funnel":
    case "account":
      return <FunnelWords row={row} />;
    case "group":
      return <GroupWords row={row} />;
    default:
      return assertNever(row);
  }
}
