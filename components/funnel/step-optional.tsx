"use client";

import { setOptional } from "@/client/funnel-draft/edits";
import { AddWord } from "../audience-builder/add-word";
import { ChoiceWord } from "./choice-word";
import type { FunnelEditing } from "./use-funnel-draft";

const words = { required: "required", optional: "or without it" } as const;
const meanings = {
  required: "nobody goes on without it",
  optional: "people may go on without it",
} as const;

/** "or without it", on a step that may be skipped; a word that says so on one that may not. */
export function StepOptional({ id, optional, editing }: { id: string; optional: boolean; editing: FunnelEditing }) {
  const { edit, focus } = editing;
  const wordId = `${id}/optional`;
  const set = (next: boolean) => {
    edit((now) => setOptional(now, id, next));
    focus(wordId);
  };
  if (!optional) {
    return (
      <AddWord wordId={wordId} label="Let people skip this step" words="or without it" onClick={() => set(true)} />
    );
  }
  return (
    <ChoiceWord
      wordId={wordId}
      title="Whether the step may be skipped"
      value="optional"
      words={words}
      meanings={meanings}
      choices={["required", "optional"]}
      onChange={(next) => set(next === "optional")}
    />
  );
}
