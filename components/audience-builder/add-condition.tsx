"use client";

import type { ReactNode } from "react";
import { isTooDeep } from "@/client/audience-draft/move-row";
import { type Added, addGroup, addSentence, type NewSentence } from "@/client/audience-draft/new-row";
import { findRow, type Place } from "@/client/audience-draft/rows";
import { maxDepth } from "@/core/audience/definition";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";
import { notifyProblem } from "../ui/toast";
import { accountConditionOptions, accountSentences } from "./account-options";
import { useBuilder } from "./builder-context";
import { useInAccount } from "./in-account";
import { conditionOptions, unseenSentence } from "./options";
import { Picker } from "./picker";
import { findTarget, focusIsTaken } from "./word-focus";

interface AddConditionProps {
  /** Identifies what opens it: `add`, or `r4/add` in a group. */
  id: string;
  /** Where the new row goes. */
  place: Place;
  /** Puts the sentence into a new "any of". */
  grouped?: boolean;
  /** The button. */
  children: ReactNode;
}

/** One search over events, traits, audiences and accounts; what is chosen becomes a row, and the focus goes to its next word. */
export function AddCondition({ id, place, grouped = false, children }: AddConditionProps) {
  const { draft, edit, events, traits, accountTraits, audiences, open, setOpen, isAnyOpen, focus } = useBuilder();
  const inAccount = useInAccount();
  const options = () =>
    inAccount
      ? accountConditionOptions(events ?? [], accountTraits ?? [], audiences ?? [])
      : [...conditionOptions(events ?? [], traits ?? [], audiences ?? []), ...accountSentences(accountTraits ?? [])];
  const add = (sentence: NewSentence) => {
    const added: Added = grouped ? addGroup(draft, "any", sentence, place) : addSentence(draft, sentence, place);
    if (isTooDeep(added.draft)) {
      setOpen(null);
      notifyProblem(`Conditions can be nested ${maxDepth} levels deep at most.`);
      return;
    }
    edit(() => added.draft);
    const next = nextWord(added);
    setOpen(next ?? null);
    if (next === undefined) focus(added.sentenceId);
  };
  return (
    <Popover open={open === id} onOpenChange={(next) => setOpen(next ? id : null)}>
      <PopoverTrigger asChild>{children}</PopoverTrigger>
      {open === id && (
        <PopoverContent
          aria-label="Add a condition"
          className="w-[436px] overflow-hidden"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!isAnyOpen() && !focusIsTaken()) findTarget(id)?.focus();
          }}
        >
          <Picker
            noun="names"
            options={options()}
            loading={events === undefined || traits === undefined || accountTraits === undefined}
            typed={unseenSentence}
            onChoose={add}
          />
        </PopoverContent>
      )}
    </Popover>
  );
}

/** What is still to be chosen: an event is a whole sentence, a trait is nothing yet without its value. */
function nextWord({ draft, sentenceId }: Added): string | undefined {
  const row = findRow(draft.rows, sentenceId);
  if (row?.kind === "trait" && row.trait === null) return `${row.id}/trait`;
  if (row?.kind === "trait") return row.value === null ? `${row.id}/value` : undefined;
  return row?.kind === "sequence" ? `${row.id}/${row.steps[0]?.id}.event` : undefined;
}
