"use client";

import type { TraitRow } from "@/client/audience-draft/draft";
import { replaceRow } from "@/client/audience-draft/rows";
import { useBuilder } from "./builder-context";
import { ComparisonWords } from "./comparison-words";
import { traitOptions, unseenTrait } from "./options";
import { Picker } from "./picker";
import { useRowEdits } from "./use-row-edits";
import { WordPopover } from "./word-popover";

/** "trait plan is trial" */
export function TraitWords({ row }: { row: TraitRow }) {
  const { traits, edit } = useBuilder();
  const { remove } = useRowEdits(row.id);
  const seen = traits?.find(({ name }) => name === row.trait);
  const unseen = row.trait !== null && traits !== undefined && !seen && !row.trait.startsWith("$");
  return (
    <>
      trait{" "}
      <WordPopover
        wordId={`${row.id}/trait`}
        look={row.trait === null ? "empty" : unseen ? "wrong" : "name"}
        label={row.trait ?? "choose a trait"}
        title="Choose a trait"
        onClear={remove}
      >
        {(opened) => (
          <Picker
            noun="traits"
            options={traitOptions(traits ?? [])}
            loading={traits === undefined}
            current={row.trait ?? undefined}
            typed={unseenTrait}
            onChoose={(trait) => {
              const value = trait === row.trait ? row.value : null;
              edit((draft) => replaceRow(draft, { ...row, trait, value }));
              opened.close();
            }}
            onLeave={opened.leave}
          />
        )}
      </WordPopover>{" "}
      {row.trait !== null && (
        <ComparisonWords
          idStart={`${row.id}/`}
          subject={row.trait}
          types={seen?.types ?? []}
          valuesOf={{ kind: "trait", trait: row.trait }}
          op={row.op}
          value={row.value}
          onChange={(comparison, step) => edit((draft) => replaceRow(draft, { ...row, ...comparison }), step)}
        />
      )}
    </>
  );
}
