"use client";

import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { notifyProblem } from "./toast";

interface EditableNameProps {
  name: string;
  /** What is renamed: "audience". */
  what: string;
  onRename: (name: string) => Promise<unknown>;
}

/** The page's title; a click makes it a field, Enter renames, Escape leaves it as it was. */
export function EditableName({ name, what, onRename }: EditableNameProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const finish = () => {
    const wanted = draft?.trim() ?? "";
    setDraft(null);
    if (wanted === "" || wanted === name) return;
    onRename(wanted).catch((error: unknown) => notifyProblem(messageOf(error)));
  };
  if (draft !== null) {
    return (
      <>
        <h1 className="sr-only">{name}</h1>
        <input
          aria-label={`Name of the ${what}`}
          // biome-ignore lint/a11y/noAutofocus: the click on the name asked for it
          autoFocus
          value={draft}
          maxLength={200}
          onChange={(event) => setDraft(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={finish}
          onKeyDown={(event) => {
            if (event.key === "Enter") finish();
            if (event.key === "Escape") setDraft(null);
          }}
          className="-mx-1.5 h-7 w-72 min-w-0 rounded-2 border border-line-control bg-surface px-1.5 font-head text-ink"
        />
      </>
    );
  }
  return (
    <h1 className="-ml-1.5 min-w-0 font-head text-ink">
      <button
        type="button"
        title="Rename"
        onClick={() => setDraft(name)}
        className="block h-7 max-w-full cursor-text truncate rounded-2 px-1.5 transition-colors hover:bg-hover"
      >
        {name}
      </button>
    </h1>
  );
}
