"use client";

import { useState } from "react";
import { type AlertDraft, alertBody, isUnfinished } from "@/client/alert-draft";
import { messageOf } from "@/client/api-error";
import { useCreateAlert } from "@/client/queries/alerts";
import { Button } from "../ui/button";
import { Problem } from "../ui/field";
import { notify } from "../ui/toast";
import { AlertSentence } from "./alert-sentence";

interface NewAlertProps {
  start: AlertDraft;
  onDone: () => void;
}

/** An alert that is being made. */
export function NewAlert({ start, onDone }: NewAlertProps) {
  const [draft, setDraft] = useState(start);
  const create = useCreateAlert();
  const unfinished = isUnfinished(draft.channel);
  return (
    <section aria-label="New alert" className="grid gap-2.5 rounded-4 border border-accent-line bg-surface px-3.5 py-3">
      <AlertSentence id="new" draft={draft} saved={undefined} onChange={setDraft} />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look="primary"
          disabled={create.isPending || unfinished}
          onClick={() =>
            create.mutate(alertBody(draft), {
              onSuccess: () => {
                notify("Alert made. It is looked at every half minute.");
                onDone();
              },
            })
          }
        >
          Make this alert
        </Button>
        <Button onClick={onDone}>Cancel</Button>
        {unfinished && <span className="text-12 text-ink-3">Say first who is told.</span>}
      </div>
      {create.isError && <Problem>{messageOf(create.error)}</Problem>}
    </section>
  );
}
