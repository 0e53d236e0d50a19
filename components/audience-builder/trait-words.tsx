"use client";

import type { TraitRow } from "@/client/audience-draft/draft";
import { canBeHeld } from "@/client/audience-draft/held-for";
import { replaceRow } from "@/client/audience-draft/rows";
import { reservedTraitWords } from "@/core/audience/describe/describe-node";
import { isReservedTrait } from "@/core/audience/filter";
import { useBuilder } from "./builder-context";
import { ComparisonWords } from "./comparison-words";
import { HeldForWords } from "./held-for-words";
import { reservedTypes, traitOptions, unseenTrait } from "./options";
import { Picker } from "./picker";
import { useRowEdits } from "./use-row-edits";
import { WordPopover } from "./word-popover";

/** "trait plan is trial for at least 14 days", "first seen was in the last 7 days" */
export function TraitWords({ row }: { row: TraitRow }) {
  const { traits, edit } = useBuilder();
  const { remove } = useRowEdits(row.id);
  const { trait } = row;
  const ours = trait !== null && isReservedTrait(trait);
  const seen = traits?.find(({ name }) => name === trait);
  const unseen = trait !== null && !ours && traits !== undefined && !seen;
  const change = (next: TraitRow, step?: string) =>
    edit((draft) => replaceRow(draft, canBeHeld(next) ? next : { ...next, heldFor: null }), step);
  return (
    <>
      {!ours && "trait "}
      <WordPopover
        wordId={`${row.id}/trait`}
        look={trait === null ? "empty" : unseen ? "wrong" : "name"}
        label={trait === null ? "choose a trait" : ours ? reservedTraitWords[trait] : trait}
        title="Choose a trait"
        onClear={remove}
      >
        {(opened) => (
          <Picker
            noun="traits"
            options={traitOptions(traits ?? [])}
            loading={traits === undefined}
            current={trait ?? undefined}
            typed={unseenTrait}
            onChoose={({ trait: chosen, op }) => {
              if (chosen !== trait) change({ ...row, trait: chosen, op: op ?? row.op, value: null });
              opened.close();
            }}
            onLeave={opened.leave}
          />
        )}
      </WordPopover>{" "}
      {trait !== null && (
        <>
          <ComparisonWords
            idStart={`${row.id}/`}
            subject={ours ? reservedTraitWords[trait] : trait}
            types={ours ? reservedTypes[trait] : (seen?.types ?? [])}
            valuesOf={{ kind: "trait", trait }}
            op={row.op}
            value={row.value}
            onChange={(comparison, step) => change({ ...row, ...comparison }, step)}
          />{" "}
          <HeldForWords row={row} change={change} />
        </>
      )}
    </>
  );
}
