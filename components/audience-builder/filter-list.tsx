"use client";

import { Fragment } from "react";
import type { AudienceDraft } from "@/client/audience-draft/draft";
import type { DraftFilter, DraftMatch } from "@/client/audience-draft/draft-match";
import { newFilter } from "@/client/audience-draft/new-row";
import { AddWord } from "./add-word";
import { useBuilder } from "./builder-context";
import { FilterWords } from "./filter-words";

export interface FilterListProps {
  rowId: string;
  /** Whose properties are offered. */
  match: Pick<DraftMatch, "choice" | "type">;
  filters: readonly DraftFilter[];
  /** Puts other filters where these stand. */
  write: (draft: AudienceDraft, filters: DraftFilter[]) => AudienceDraft;
  /** Before the first filter, and before the next ones. */
  joiners?: readonly [first: string, next: string];
  /** Id of the word that adds one. */
  addId: string;
  /** What the word that adds one is called where it is not seen. */
  addLabel?: string;
  /** Word that gets the focus when a filter is removed. */
  backTo: string;
}

/** "where plan is trial and seats is more than 5", and a word that adds one. */
export function FilterList(props: FilterListProps) {
  const { rowId, match, filters, write, joiners = ["where", "and"], addId, addLabel = "Add a filter", backTo } = props;
  const { edit, setOpen, focus, draft } = useBuilder();
  const [first, next] = joiners;
  return (
    <>
      {filters.map((filter, index) => (
        <Fragment key={filter.id}>
          <span className="text-ink-3">{index === 0 ? first : next}</span>{" "}
          <FilterWords
            idStart={`${rowId}/${filter.id}.`}
            match={match}
            filter={filter}
            onChange={(changed, step) =>
              edit(
                (now) =>
                  write(
                    now,
                    filters.map((other) => (other.id === changed.id ? changed : other)),
                  ),
                step,
              )
            }
            onRemove={() => {
              edit((now) =>
                write(
                  now,
                  filters.filter((other) => other.id !== filter.id),
                ),
              );
              focus(backTo);
            }}
          />{" "}
        </Fragment>
      ))}
      {match.choice.kind !== "unchosen" && (
        <AddWord
          wordId={addId}
          label={addLabel}
          words={filters.length === 0 ? first : next}
          onClick={() => {
            const { filter, nextId } = newFilter(draft);
            edit((now) => write({ ...now, nextId }, [...filters, filter]));
            setOpen(`${rowId}/${filter.id}.path`);
          }}
        />
      )}
    </>
  );
}
