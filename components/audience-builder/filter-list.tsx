"use client";

import { Fragment } from "react";
import type { DraftFilter, DraftMatch } from "@/client/audience-draft/draft-match";
import { AddWord } from "./add-word";
import { useBuilder } from "./builder-context";
import { FilterWords } from "./filter-words";
import { useAddFilter, type WriteFilters } from "./use-add-filter";

interface FilterListProps {
  rowId: string;
  /** Whose properties are offered. */
  match: Pick<DraftMatch, "choice" | "type">;
  filters: readonly DraftFilter[];
  write: WriteFilters;
  /** Before the first filter. */
  lead?: string;
  /** Id of a word after the filters that adds one; without it there is none. */
  addId?: string;
  /** Word that gets the focus when a filter is removed. */
  backTo: string;
}

/** "where plan is trial and seats is more than 5" */
export function FilterList({ rowId, match, filters, write, lead = "where", addId, backTo }: FilterListProps) {
  const { edit, focus } = useBuilder();
  const addFilter = useAddFilter(rowId);
  const put = (changed: DraftFilter[], step?: string) => edit((draft) => write(draft, changed), step);
  return (
    <>
      {filters.map((filter, index) => (
        <Fragment key={filter.id}>
          <span className="text-ink-3">{index === 0 ? lead : "and"}</span>{" "}
          <FilterWords
            idStart={`${rowId}/${filter.id}.`}
            match={match}
            filter={filter}
            onChange={(changed, step) => put(filters.with(index, changed), step)}
            onRemove={() => {
              put(filters.toSpliced(index, 1));
              focus(backTo);
            }}
          />{" "}
        </Fragment>
      ))}
      {addId !== undefined && match.choice.kind !== "unchosen" && (
        <AddWord
          wordId={addId}
          label="Add a filter"
          words={filters.length === 0 ? lead : "and"}
          onClick={() => addFilter(filters, write)}
        />
      )}
    </>
  );
}
