"use client";

import { type GroupMode, type GroupRow, groupModes } from "@/client/audience-draft/draft";
import { isTooDeep } from "@/client/audience-draft/move-row";
import { replaceRow } from "@/client/audience-draft/rows";
import { useBuilder } from "./builder-context";
import { Picker } from "./picker";
import { useRowEdits } from "./use-row-edits";
import { WordPopover } from "./word-popover";

const modeWords = {
  any: "any of",
  all: "all of",
  none: "none of",
  notAll: "not all of",
} as const satisfies Record<GroupMode, string>;

/** Of an account: it, or none, has all or any of these. */
const accountWords = {
  all: "belongs to an account with all of",
  any: "belongs to an account with any of",
  none: "belongs to no account with any of",
  notAll: "belongs to no account with all of",
} as const satisfies Record<GroupMode, string>;

export function groupText({ of, mode }: Pick<GroupRow, "of" | "mode">): string {
  return of === "account" ? accountWords[mode] : modeWords[mode];
}

/** "any of", before the rows of a group. */
export function GroupWords({ row }: { row: GroupRow }) {
  const { draft, edit } = useBuilder();
  const { remove } = useRowEdits(row.id);
  const fits = (mode: GroupMode) => !isTooDeep(replaceRow(draft, { ...row, mode }));
  return (
    <WordPopover
      wordId={`${row.id}/mode`}
      look={row.mode === "none" || row.mode === "notAll" ? "absence" : "plain"}
      label={groupText(row)}
      title="How many of these must hold"
      popoverClassName={row.of === "account" ? "w-80" : "w-56"}
      onClear={remove}
    >
      {(opened) => (
        <Picker
          noun="choices"
          current={row.mode}
          options={groupModes
            .filter(fits)
            .map((mode) => ({ key: mode, value: mode, label: groupText({ of: row.of, mode }) }))}
          onChoose={(mode) => {
            edit((now) => replaceRow(now, { ...row, mode }));
            opened.close();
          }}
          onLeave={opened.leave}
        />
      )}
    </WordPopover>
  );
}
