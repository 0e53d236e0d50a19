"use client";

import type { TraitRow } from "@/client/audience-draft/draft";
import { canBeHeld } from "@/client/audience-draft/held-for";
import { replaceRow } from "@/client/audience-draft/rows";
import { groupIdTrait } from "@/core/audience/account-node";
import { groupIdWords } from "@/core/audience/describe/account-phrases";
import { accountTraitOptions, unseenTrait } from "./account-options";
import { useBuilder } from "./builder-context";
import { ComparisonWords } from "./comparison-words";
import { HeldForWords } from "./held-for-words";
import { Picker } from "./picker";
import { useRowEdits } from "./use-row-edits";
import { WordPopover } from "./word-popover";

/** "its plan is trial for at least 14 days", "account id is acme" */
export function AccountTraitWords({ row }: { row: TraitRow }) {
  const { accountTraits, edit, setOpen } = useBuilder();
  const { remove } = useRowEdits(row.id);
  const { trait } = row;
  const isId = trait === groupIdTrait;
  const seen = accountTraits?.find(({ name }) => name === trait);
  const unseen = trait !== null && !isId && accountTraits !== undefined && !seen;
  const change = (next: TraitRow, step?: string) =>
    edit((draft) => replaceRow(draft, canBeHeld(next) ? next : { ...next, heldFor: null }), step);
  return (
    <>
      {!isId && "its trait "}
      <WordPopover
        wordId={`${row.id}/trait`}
        look={trait === null ? "empty" : unseen ? "wrong" : "name"}
        label={trait === null ? "choose a trait" : isId ? groupIdWords : trait}
        title="Choose a trait of accounts"
        onClear={remove}
      >
        {(opened) => (
          <Picker
            noun="traits of accounts"
            options={accountTraitOptions(accountTraits ?? [])}
            loading={accountTraits === undefined}
            figure="Accounts"
            current={trait ?? undefined}
            typed={unseenTrait}
            onChoose={({ trait: chosen, op }) => {
              if (chosen !== trait) change({ ...row, trait: chosen, op: op ?? row.op, value: null });
              // A trait is nothing yet without its value.
              if (trait === null) setOpen(`${row.id}/value`);
              else opened.close();
            }}
            onLeave={opened.leave}
          />
        )}
      </WordPopover>{" "}
      {trait !== null && (
        <>
          <ComparisonWords
            idStart={`${row.id}/`}
            subject={isId ? groupIdWords : trait}
            types={isId ? ["text"] : (seen?.types ?? [])}
            valuesOf={{ kind: "account-trait", trait }}
            op={row.op}
            value={row.value}
            onChange={(comparison, step) => change({ ...row, ...comparison }, step)}
          />{" "}
          {!isId && <HeldForWords row={row} change={change} />}
        </>
      )}
    </>
  );
}
