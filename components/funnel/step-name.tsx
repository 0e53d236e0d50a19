"use client";

import { Editor } from "../audience-builder/editor";
import { WordPopover } from "../audience-builder/word-popover";
import { Input } from "../ui/input";

interface StepNameProps {
  wordId: string;
  /** "" for a step that is called as its event. */
  name: string;
  onChange: (name: string, step?: string) => void;
}

/** What a step is called in the chart, where the event's own name does not say it. */
export function StepName({ wordId, name, onChange }: StepNameProps) {
  const word = (
    <WordPopover
      wordId={wordId}
      look={name === "" ? "add" : "plain"}
      label={name === "" ? "+ name" : `called ${name}`}
      title="Name of the step"
      popoverClassName="w-72"
      onClear={() => onChange("")}
    >
      {(opened) => (
        <Editor opened={opened}>
          <Input
            aria-label="Name of the step"
            placeholder="As the event is called"
            defaultValue={name}
            maxLength={200}
            onChange={(event) => onChange(event.target.value, opened.step)}
          />
        </Editor>
      )}
    </WordPopover>
  );
  if (name !== "") return word;
  return (
    <span className="text-12 opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 has-[[aria-expanded=true]]:opacity-100 max-desk:opacity-100">
      {word}
    </span>
  );
}
