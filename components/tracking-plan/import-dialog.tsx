"use client";

import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { useReadPlan } from "@/client/queries/tracking-plan";
import type { TrackingPlan } from "@/core/api/tracking-plan";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogContent } from "../ui/dialog";
import { Field, Problem } from "../ui/field";
import { TextArea } from "../ui/input";
import { ChangeList } from "../versions/change-list";
import { useSavingPlan } from "./use-saving-plan";

interface ImportDialogProps {
  plan: TrackingPlan;
  open: boolean;
  onClose: () => void;
}

/** Reads a plan as Foothold or Segment writes it, and shows what it would change before it holds. */
export function ImportDialog({ plan, open, onClose }: ImportDialogProps) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()}>
      <DialogContent
        title="Read from JSON Schema"
        description="A plan that was saved here, or the rules of a tracking plan of Segment. It takes the place of the present one."
        className="top-[8vh] max-h-[84dvh] max-w-2xl"
      >
        <Import plan={plan} onClose={onClose} />
      </DialogContent>
    </Dialog>
  );
}

function Import({ plan, onClose }: Omit<ImportDialogProps, "open">) {
  const [text, setText] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const reading = useReadPlan();
  const { save, saving } = useSavingPlan(plan);
  const read = (json: string) => {
    setText(json);
    setFault(null);
    reading.reset();
  };
  const look = () => {
    try {
      reading.mutate({ plan: JSON.parse(text) });
    } catch (error) {
      setFault(`This is not JSON: ${messageOf(error)}`);
    }
  };
  const found = reading.data;
  return (
    <div className="grid gap-3">
      <Field label="A file">
        <input
          type="file"
          accept=".json,application/json"
          className="max-w-full text-12"
          onChange={({ target }) => void target.files?.[0]?.text().then(read)}
        />
      </Field>
      <Field label="Or its text" error={fault ?? (reading.isError ? messageOf(reading.error) : undefined)}>
        <TextArea
          className="max-h-60 font-mono text-12"
          spellCheck={false}
          value={text}
          onChange={({ target }) => read(target.value)}
        />
      </Field>
      {found && (
        <div className="grid max-h-72 gap-3 overflow-y-auto">
          <ChangeList changes={found.changes} />
          {found.leftOut.length > 0 && (
            <div className="text-violation">
              <Problem>These cannot be checked, and are left out:</Problem>
              <ul className="pl-6 text-12">
                {found.leftOut.map(({ path, reason }) => (
                  <li key={`${path} ${reason}`} className="break-words">
                    {path}: {reason}
                  </li>
                ))}
              </ul>
            </div>
          )}
        </div>
      )}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        {found ? (
          <Button
            look="primary"
            disabled={saving || found.changes.length === 0}
            onClick={() => void save(found.definition, "The plan was read.").then((saved) => saved && onClose())}
          >
            Make it the plan
          </Button>
        ) : (
          <Button look="primary" disabled={text.trim() === "" || reading.isPending} onClick={look}>
            Look at it
          </Button>
        )}
      </DialogActions>
    </div>
  );
}
