"use client";

import { type GroupMode, type GroupRow, groupModes } from "@/client/audience-draft/draft";
import { isTooDeep } from "@/client/audience-draft/move-row";
import { replaceRow } from "@/client/audience-draft/rows";
import { useBuilder } from "./builder-context";
import { Picker } from "./picker";
import { useRowEdits } from "./use-row-edits";
import { WordPopover } from "./word-popover";

export const modeWords = {
  any: "any of",
  all: "all of",
  none: "none of",
  notAll: "not all of",
} as const satisfies Record<GroupMode, string>;

/** "any of", before the rows of a group. */
export function GroupWords({ row }: { row: GroupRow }) {
  const { draft, edit } = useBuilder();
  const { remove } = useRowEdits(row.id);
  const fits = (mode: GroupMode) => !isTooDeep(replaceRow(draft, { ...row, mode }));
  return (
    <WordPopover
      wordId={`${row.id}/mode`}
      look={row.mode === "none" || row.mode === "notAll" ? "absence" : "plain"}
      label={modeWords[row.mode]}
      title="How many of these must hold"
      popoverClassName="w-56"
      onClear={remove}
    >
      {(opened) => (
        <Picker
          noun="choices"
          current={row.mode}
          options={groupModes.filter(fits).map((mode) => ({ key: mode, value: mode, label: modeWords[mode] }))}
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
