"use client";

import { Fragment } from "react";
import { type EventRow, isAbsence } from "@/client/audience-draft/draft";
import { replaceRow } from "@/client/audience-draft/rows";
import { countWords, windowWords } from "@/client/audience-draft/window-words";
import { useBuilder } from "./builder-context";
import { CountEditor } from "./count-editor";
import { EventWord } from "./event-word";
import { FilterWords } from "./filter-words";
import { Picker } from "./picker";
import { resolvedWords } from "./resolved-window";
import { useEventRow } from "./use-event-row";
import { WindowEditor } from "./window-editor";
import { Word } from "./word";
import { WordPopover } from "./word-popover";

const verbs = {
  track: ["did", "did not"],
  page: ["viewed page", "did not view page"],
  screen: ["viewed screen", "did not view screen"],
} as const;

/** "did Account Created at least 1 time more than 2 days ago where …" */
export function EventWords({ row }: { row: EventRow }) {
  const { edit, timeZone } = useBuilder();
  const { remove, addWhere } = useEventRow(row);
  const absence = isAbsence(row.count);
  const change = (next: Partial<EventRow>, step?: string) =>
    edit((draft) => replaceRow(draft, { ...row, ...next }), step);
  const [did, didNot] = verbs[row.type ?? "track"];
  return (
    <>
      <WordPopover
        wordId={`${row.id}/did`}
        look={absence ? "absence" : "plain"}
        label={absence ? didNot : did}
        title="Did, or did not"
        popoverClassName="w-56"
        onClear={remove}
      >
        {(opened) => (
          <Picker
            noun="choices"
            current={absence ? "not" : "did"}
            options={[
              { key: "did", value: false, label: did },
              { key: "not", value: true, label: didNot },
            ]}
            onChoose={(never) => {
              if (never !== absence) {
                change({ count: never ? { op: "exactly", value: 0 } : { op: "at_least", value: 1 } });
              }
              opened.close();
            }}
            onLeave={opened.leave}
          />
        )}
      </WordPopover>{" "}
      <EventWord
        wordId={`${row.id}/event`}
        chosen={{ choice: row.choice, type: row.type }}
        onChange={(chosen) => change(chosen)}
      />{" "}
      {!absence && (
        <>
          <WordPopover
            wordId={`${row.id}/count`}
            label={countWords(row.count)}
            title="How many times"
            popoverClassName="w-auto"
            onClear={() => change({ count: { op: "at_least", value: 1 } })}
          >
            {(opened) => (
              <CountEditor
                opened={opened}
                count={row.count}
                onChange={(count) => {
                  change({ count }, opened.step);
                  if (isAbsence(count)) opened.close();
                }}
              />
            )}
          </WordPopover>{" "}
        </>
      )}
      <WordPopover
        wordId={`${row.id}/window`}
        label={windowWords(row.window, timeZone)}
        title="When"
        hint={resolvedWords(row.window, Date.now(), timeZone)}
        popoverClassName="w-[420px]"
        onClear={() => change({ window: { kind: "ever" } })}
      >
        {(opened) => (
          <WindowEditor
            opened={opened}
            window={row.window}
            timeZone={timeZone}
            absence={absence}
            onChange={(window) => change({ window }, opened.step)}
          />
        )}
      </WordPopover>{" "}
      {row.where.map((filter, index) => (
        <Fragment key={filter.id}>
          <span className="text-ink-3">{index === 0 ? "where" : "and"}</span> <FilterWords
            row={row}
            filter={filter}
          />{" "}
        </Fragment>
      ))}
      {row.choice.kind !== "unchosen" && (
        <Word
          wordId={`${row.id}/where`}
          look="add"
          aria-label="Add a filter"
          title="where …"
          onClick={addWhere}
          className="opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 max-desk:opacity-100"
        >
          {/* At rest it is not seen, and must not take a line of its own. */}+
          <span className="desk:hidden"> {row.where.length === 0 ? "where" : "and"}</span>
        </Word>
      )}
    </>
  );
}
