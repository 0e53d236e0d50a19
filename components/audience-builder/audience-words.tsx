"use client";

import type { AudienceRow } from "@/client/audience-draft/draft";
import { replaceRow } from "@/client/audience-draft/rows";
import { useBuilder } from "./builder-context";
import { audienceOptions } from "./options";
import { Picker } from "./picker";
import { useRowEdits } from "./use-row-edits";
import { WordPopover } from "./word-popover";

/** "is in Stuck before activation" */
export function AudienceWords({ row }: { row: AudienceRow }) {
  const { audiences, edit } = useBuilder();
  const { remove } = useRowEdits(row.id);
  const named = audiences?.find(({ id }) => id === row.audienceId);
  const missing = row.audienceId !== null && audiences !== undefined && !named;
  return (
    <>
      <WordPopover
        wordId={`${row.id}/member`}
        look={row.member ? "plain" : "absence"}
        label={row.member ? "is in" : "is not in"}
        title="Is in, or is not in"
        popoverClassName="w-56"
        onClear={remove}
      >
        {(opened) => (
          <Picker
            noun="choices"
            current={String(row.member)}
            options={[
              { key: "true", value: true, label: "is in" },
              { key: "false", value: false, label: "is not in" },
            ]}
            onChoose={(member) => {
              edit((draft) => replaceRow(draft, { ...row, member }));
              opened.close();
            }}
            onLeave={opened.leave}
          />
        )}
      </WordPopover>{" "}
      <WordPopover
        wordId={`${row.id}/audience`}
        look={row.audienceId === null ? "empty" : missing ? "wrong" : "name"}
        label={
          row.audienceId === null ? "choose an audience" : (named?.name ?? (missing ? "an archived audience" : "…"))
        }
        title="Choose an audience"
        popoverClassName="w-80"
      >
        {(opened) => (
          <Picker
            noun="audiences"
            options={audienceOptions(audiences ?? [])}
            loading={audiences === undefined}
            current={row.audienceId ?? undefined}
            onChoose={(audienceId) => {
              edit((draft) => replaceRow(draft, { ...row, audienceId }));
              opened.close();
            }}
            onLeave={opened.leave}
          />
        )}
      </WordPopover>
    </>
  );
}
