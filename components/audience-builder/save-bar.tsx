"use client";

import { type RefObject, useId } from "react";
import { messageOf } from "@/client/api-error";
import type { AudiencePreview, AudienceWithCount } from "@/core/api/audiences";
import type { AudienceDefinition } from "@/core/audience/definition";
import { SavingEffect } from "../audience-insight/saving-effect";
import { Button } from "../ui/button";
import { Problem } from "../ui/field";
import { Input } from "../ui/input";

interface SaveBarProps {
  /** The saved audience; null for a new one. */
  audience: AudienceWithCount | null;
  name: string;
  onName: (name: string) => void;
  nameField: RefObject<HTMLInputElement | null>;
  /** Why the audience is changed; kept with its new version. */
  note: string;
  onNote: (note: string) => void;
  definition: AudienceDefinition;
  /** Of this very draft; undefined while it is being counted. */
  preview: AudiencePreview | undefined;
  /** Why it cannot be saved. */
  reason: string | null;
  saving: boolean;
  error: unknown;
  onSave: () => void;
  onDiscard: () => void;
}

/** Shown while there is something to save: what saving does, and the way back. */
export function SaveBar(props: SaveBarProps) {
  const { audience, name, onName, nameField, note, onNote, definition, preview } = props;
  const { reason, saving, error, onSave, onDiscard } = props;
  const reasonId = useId();
  return (
    <section
      aria-label="Save"
      className="fixed right-0 bottom-0 left-nav z-20 flex min-h-13 flex-wrap items-center gap-x-5 gap-y-1.5 border-t border-line-strong bg-raised px-5 py-2 max-desk:left-0 max-desk:px-3 max-desk:py-2.5"
    >
      {audience ? (
        <SavingEffect
          audienceId={audience.id}
          version={audience.version}
          before={audience.definition}
          after={definition}
          asOf={preview?.asOf}
        />
      ) : (
        <Input
          ref={nameField}
          aria-label="Name of the audience"
          placeholder="Name of the audience"
          value={name}
          maxLength={200}
          onChange={(event) => onName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") onSave();
          }}
          className="w-72 max-desk:w-full"
        />
      )}
      <div className="min-w-0 flex-1">
        {error ? (
          <Problem>{messageOf(error)}</Problem>
        ) : (
          reason && (
            <p id={reasonId} className="text-12 text-ink-3">
              {reason}
            </p>
          )
        )}
      </div>
      {audience && (
        <Input
          aria-label="Note on this version"
          placeholder="Why? (optional)"
          value={note}
          maxLength={500}
          onChange={(event) => onNote(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") onSave();
          }}
          className="w-52 max-wide:w-36 max-desk:w-full"
        />
      )}
      <div className="flex gap-2 max-desk:w-full">
        <Button onClick={onDiscard}>Discard</Button>
        <Button
          look="primary"
          aria-disabled={reason !== null || saving}
          aria-describedby={reason ? reasonId : undefined}
          onClick={onSave}
          className="aria-disabled:opacity-50 max-desk:flex-1"
        >
          {saving ? "Saving" : audience ? `Save version ${audience.version + 1}` : "Save audience"}{" "}
          <kbd className="font-sans text-12 opacity-90 max-desk:hidden">{saveKey()}</kbd>
        </Button>
      </div>
    </section>
  );
}

function saveKey(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘S" : "Ctrl S";
}
