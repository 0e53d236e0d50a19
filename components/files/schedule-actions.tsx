"use client";

import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { useDeleteSchedule, useRunSchedule, useUpdateSchedule } from "@/client/queries/schedules";
import type { Schedule } from "@/core/api/schedules";
import { Button } from "../ui/button";
import { notify, notifyProblem } from "../ui/toast";
import { ScheduleDialog } from "./schedule-dialog";

/** Make one now, pause, go on, change, remove: those that make sense now. */
export function ScheduleActions({ schedule }: { schedule: Schedule }) {
  const { id, status, lastRun, audience } = schedule;
  const [changing, setChanging] = useState(false);
  const run = useRunSchedule();
  const update = useUpdateSchedule();
  const remove = useDeleteSchedule();
  const onError = (error: Error) => notifyProblem(messageOf(error));
  const isBusy = run.isPending || update.isPending || remove.isPending;
  return (
    <div className="flex flex-wrap gap-1.5">
      <Button disabled={isBusy || lastRun?.status === "running"} onClick={() => run.mutate(id, { onError })}>
        {lastRun?.status === "waiting" ? "Try again now" : "Run now"}
      </Button>
      {status === "running" ? (
        <Button disabled={isBusy} onClick={() => update.mutate({ id, body: { status: "paused" } }, { onError })}>
          Pause
        </Button>
      ) : (
        <Button
          look="primary"
          disabled={isBusy}
          onClick={() => update.mutate({ id, body: { status: "running" } }, { onError })}
        >
          Resume
        </Button>
      )}
      <Button disabled={isBusy} onClick={() => setChanging(true)}>
        Change
      </Button>
      {status === "paused" && (
        <Button
          look="danger"
          disabled={isBusy}
          onClick={() =>
            remove.mutate(id, { onError, onSuccess: () => notify("Schedule removed. The files made stay.") })
          }
        >
          Remove
        </Button>
      )}
      <ScheduleDialog audience={audience} schedule={schedule} open={changing} onClose={() => setChanging(false)} />
    </div>
  );
}
