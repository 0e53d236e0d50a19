"use client";

import { type FormEvent, useState } from "react";
import { readDefinition } from "@/client/definition-text";
import type { AudienceDefinition } from "@/core/audience/definition";
import { AppError } from "@/core/errors";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogContent } from "../ui/dialog";
import { Field } from "../ui/field";
import { TextArea } from "../ui/input";

interface PasteDialogProps {
  reading: Parameters<typeof readDefinition>[1];
  onPaste: (definition: AudienceDefinition) => void;
  onClose: () => void;
}

/** Takes a definition as JSON or as a sentence; what is wrong with it is said before it is taken. */
export function PasteDialog({ reading, onPaste, onClose }: PasteDialogProps) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = attempt(text, reading);
    if (typeof read === "string") return setProblem(read);
    onPaste(read);
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Paste a definition"
        description="Instead of the conditions that are here; Undo brings them back."
        className="max-w-xl"
      >
        <form onSubmit={submit}>
          <Field
            label="Definition"
            hint='JSON, or a sentence such as: did "Account Created" more than 2 days ago, and trait "plan" is "trial".'
            error={problem}
          >
            <TextArea
              rows={8}
              required
              spellCheck={false}
              className="font-mono text-12"
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setProblem(undefined);
              }}
            />
          </Field>
          <DialogActions>
            <Button type="button" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" look="primary">
              Use it
            </Button>
          </DialogActions>
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** The definition, or why the text is none. */
function attempt(text: string, reading: PasteDialogProps["reading"]): AudienceDefinition | string {
  try {
    return readDefinition(text, reading);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
