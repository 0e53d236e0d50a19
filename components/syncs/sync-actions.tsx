"use client";

import { messageOf } from "@/client/api-error";
import { formatPeople } from "@/client/format";
import { useCancelSync, useDeleteSync, useResend, useUpdateSync } from "@/client/queries/syncs";
import type { Sync } from "@/core/api/syncs";
import { Button } from "../ui/button";
import { notify, notifyProblem } from "../ui/toast";

/** Pause, go on, cancel, send again, remove: those that make sense now. */
export function SyncActions({ sync: { id, status, phase, people, audience, destination } }: { sync: Sync }) {
  const update = useUpdateSync();
  const cancel = useCancelSync();
  const remove = useDeleteSync();
  const resend = useResend();
  const onError = (error: Error) => notifyProblem(messageOf(error));
  const isBusy = update.isPending || cancel.isPending || remove.isPending || resend.isPending;
  return (
    <div className="flex flex-wrap gap-1.5">
      {status === "running" && people.missed + people.stuck > 0 && (
        <Button
          disabled={isBusy}
          onClick={() =>
            resend.mutate(
              { id },
              { onError, onSuccess: (answer) => notify(`${formatPeople(answer.people)} are sent again.`) },
            )
          }
        >
          Send the failed again
        </Button>
      )}
      {status === "running" && (
        <Button disabled={isBusy} onClick={() => update.mutate({ id, body: { status: "paused" } }, { onError })}>
          Pause
        </Button>
      )}
      {status === "paused" && (
        <Button
          look="primary"
          disabled={isBusy}
          onClick={() => update.mutate({ id, body: { status: "running" } }, { onError })}
        >
          Resume
        </Button>
      )}
      {status !== "cancelled" && phase !== "changes" && (
        <Button disabled={isBusy} onClick={() => cancel.mutate(id, { onError })}>
          Cancel
        </Button>
      )}
      {(status === "cancelled" || (status === "paused" && phase === "changes")) && (
        <Button
          look="danger"
          disabled={isBusy}
          onClick={() =>
            remove.mutate(id, {
              onError,
              onSuccess: () => notify(`${audience.name} is no longer sent to ${destination.name}.`),
            })
          }
        >
          Remove
        </Button>
      )}
    </div>
  );
}
