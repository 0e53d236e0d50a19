"use client";

import { useCreateSchedule, useUpdateSchedule } from "@/client/queries/schedules";
import type { Schedule } from "@/core/api/schedules";
import { Dialog, DialogContent } from "../ui/dialog";
import { notify } from "../ui/toast";
import { ScheduleForm } from "./schedule-form";
import { placeName, whatAndWhen } from "./schedule-words";

interface ScheduleDialogProps {
  audience: { id: string; name: string };
  /** The one that is changed; undefined for a new one. */
  schedule?: Schedule;
  open: boolean;
  onClose: () => void;
}

export function ScheduleDialog({ audience, schedule, open, onClose }: ScheduleDialogProps) {
  const create = useCreateSchedule();
  const update = useUpdateSchedule();
  const { isPending, error } = schedule ? update : create;
  const onSuccess = (saved: Schedule) => {
    notify(`${whatAndWhen(saved)} goes to ${placeName(saved)}.`);
    onClose();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (next) return;
        create.reset();
        update.reset();
        onClose();
      }}
    >
      <DialogContent
        title={schedule ? "Change the schedule" : "File on a schedule"}
        description={`Everybody who is in ${audience.name} at that moment.`}
        className="top-[8vh] max-h-[84dvh] max-w-xl"
      >
        <ScheduleForm
          schedule={schedule}
          isSaving={isPending}
          error={error}
          onSave={(draft) => {
            if (schedule) update.mutate({ id: schedule.id, body: draft }, { onSuccess });
            else create.mutate({ audienceId: audience.id, ...draft }, { onSuccess });
          }}
        />
      </DialogContent>
    </Dialog>
  );
}
