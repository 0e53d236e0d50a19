"use client";

import { useId, useState } from "react";
import { alertBody, draftOf, isSameDraft, isUnfinished } from "@/client/alert-draft";
import { messageOf } from "@/client/api-error";
import { useUpdateAlert } from "@/client/queries/alerts";
import type { Alert } from "@/core/api/alerts";
import { Button } from "../ui/button";
import { Problem } from "../ui/field";
import { AlertActions } from "./alert-actions";
import { AlertHistory } from "./alert-history";
import { AlertSentence } from "./alert-sentence";
import { AlertState } from "./alert-state";

/** One alert: its sentence, how it stands, and what can be done. A change of a word waits until it is saved. */
export function AlertCard({ alert }: { alert: Alert }) {
  const saved = draftOf(alert);
  const [changed, setChanged] = useState<typeof saved>();
  const [historyShown, setHistoryShown] = useState(false);
  const historyId = useId();
  const update = useUpdateAlert();
  const draft = changed ?? saved;
  const isChanged = !isSameDraft(draft, saved);
  return (
    <li className="grid gap-2.5 rounded-4 border border-line px-3.5 py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-96">
          <AlertSentence id={alert.id} draft={draft} saved={alert} onChange={setChanged} />
        </div>
        <AlertActions
          alert={alert}
          historyId={historyId}
          historyShown={historyShown}
          onShowHistory={() => setHistoryShown(!historyShown)}
        />
      </div>
      {isChanged && (
        <div className="flex flex-wrap items-center gap-2">
          <Button
            look="primary"
            disabled={update.isPending || isUnfinished(draft.channel)}
            onClick={() =>
              update.mutate({ id: alert.id, body: alertBody(draft) }, { onSuccess: () => setChanged(undefined) })
            }
          >
            Save this alert
          </Button>
          <Button
            onClick={() => {
              setChanged(undefined);
              update.reset();
            }}
          >
            Discard
          </Button>
          {isUnfinished(draft.channel) && <span className="text-12 text-ink-3">Say first who is told.</span>}
          {update.isError && <Problem>{messageOf(update.error)}</Problem>}
        </div>
      )}
      <AlertState alert={alert} />
      {historyShown && <AlertHistory alertId={alert.id} id={historyId} />}
    </li>
  );
}
