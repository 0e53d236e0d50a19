"use client";

import { picksMatching } from "@/client/audience-draft/compile-sentence";
import { type EventRow, isAbsence } from "@/client/audience-draft/draft";
import { replaceRow } from "@/client/audience-draft/rows";
import { newSequence } from "@/client/audience-draft/sequence-edits";
import { type AddablePart, AddParts } from "./add-parts";
import { useBuilder } from "./builder-context";
import { EventWord } from "./event-word";
import { FilterList } from "./filter-list";
import { useInAccount } from "./in-account";
import { MeasureWords } from "./measure-words";
import { Picker } from "./picker";
import { useAddFilter } from "./use-add-filter";
import { useRowEdits } from "./use-row-edits";
import { WindowWords } from "./window-words";
import { WordPopover } from "./word-popover";

const verbs = {
  track: ["did", "did not"],
  page: ["viewed page", "did not view page"],
  screen: ["viewed screen", "did not view screen"],
} as const;

/** Of an account: somebody of it did, or nobody. */
const accountVerbs = {
  track: ["somebody of it did", "nobody of it did"],
  page: ["somebody of it viewed page", "nobody of it viewed page"],
  screen: ["somebody of it viewed screen", "nobody of it viewed screen"],
} as const;

/**
 * "did Account Created at least 1 time more than 2 days ago where …". Filters stand in the order in which they are asked:
 * before "for the last time" they choose which event that is, after it they are asked of that event alone.
 */
export function EventWords({ row }: { row: EventRow }) {
  const { edit } = useBuilder();
  const change = (next: Partial<EventRow>, step?: string) => edit((now) => replaceRow(now, { ...row, ...next }), step);
  const absence = !row.aggregate && isAbsence(row.count);
  const chooses = picksMatching(row);
  const where = (
    <FilterList
      rowId={row.id}
      match={row}
      filters={row.where}
      write={(draft, filters) => replaceRow(draft, { ...row, where: filters })}
      backTo={`${row.id}/window`}
    />
  );
  return (
    <>
      <DidWord row={row} absence={absence} change={change} />{" "}
      <EventWord
        wordId={`${row.id}/event`}
        chosen={{ choice: row.choice, type: row.type }}
        onChange={(chosen) => change(chosen)}
      />{" "}
      {chooses && where}
      <MeasureWords row={row} absence={absence} change={change} />
      <WindowWords
        rowId={row.id}
        window={row.window}
        absence={absence}
        write={(draft, window) => replaceRow(draft, { ...row, window })}
      />
      {!chooses && where}
      {chooses && (
        <FilterList
          rowId={row.id}
          match={row}
          filters={row.pickedWhere}
          write={(draft, filters) => replaceRow(draft, { ...row, pickedWhere: filters })}
          lead="and on it"
          backTo={`${row.id}/window`}
        />
      )}
      <EventParts row={row} />
    </>
  );
}

/** What the sentence can be given: filters on each of its events, and a step after it. */
function EventParts({ row }: { row: EventRow }) {
  const { draft, edit, setOpen } = useBuilder();
  const addFilter = useAddFilter(row.id);
  const { window } = row;
  if (row.choice.kind === "unchosen") return null;
  const chooses = picksMatching(row);
  const parts: AddablePart[] = [
    {
      label: row.where.length === 0 ? "where …" : "and …",
      kind: chooses ? "a filter that chooses the event" : "a filter",
      add: () => addFilter(row.where, (now, where) => replaceRow(now, { ...row, where })),
    },
  ];
  if (chooses) {
    parts.push({
      label: "and on it …",
      kind: "a filter on the chosen event",
      add: () => addFilter(row.pickedWhere, (now, pickedWhere) => replaceRow(now, { ...row, pickedWhere })),
    });
  }
  if (window.kind === "after" && window.anchor.kind === "event") {
    const { anchor } = window;
    parts.push({
      label: "having …",
      kind: "a filter on the event that it starts at",
      add: () =>
        addFilter(anchor.where, (now, where) =>
          replaceRow(now, { ...row, window: { ...window, anchor: { ...anchor, where } } }),
        ),
    });
  }
  if (isPlain(row)) {
    parts.push({
      label: "then …",
      kind: "a step after it",
      add: () => {
        const { draft: next, stepId } = newSequence(draft, row);
        edit(() => next);
        setOpen(`${row.id}/${stepId}.event`);
      },
    });
  }
  return <AddParts wordId={`${row.id}/add-part`} parts={parts} />;
}

/** What a first step can hold as well: it asks for one event, and for nothing about it but filters and a time. */
function isPlain({ count, occurrence, aggregate }: EventRow): boolean {
  return occurrence === "any" && !aggregate && count.op === "at_least" && count.value === 1;
}

interface DidWordProps {
  row: EventRow;
  absence: boolean;
  change: (next: Partial<EventRow>) => void;
}

function DidWord({ row, absence, change }: DidWordProps) {
  const { remove } = useRowEdits(row.id);
  const inAccount = useInAccount();
  const [did, didNot] = (inAccount ? accountVerbs : verbs)[row.type ?? "track"];
  return (
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
              change(
                never
                  ? { count: { op: "exactly", value: 0 }, aggregate: null }
                  : { count: { op: "at_least", value: 1 } },
              );
            }
            opened.close();
          }}
          onLeave={opened.leave}
        />
      )}
    </WordPopover>
  );
}
