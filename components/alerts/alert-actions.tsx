"use client";

import { BellOff, Ellipsis, Trash2 } from "lucide-react";
import { messageOf } from "@/client/api-error";
import { useDeleteAlert, useTestAlert, useUpdateAlert } from "@/client/queries/alerts";
import type { Alert } from "@/core/api/alerts";
import { Button } from "../ui/button";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "../ui/menu";
import { notify, notifyProblem } from "../ui/toast";
import { isMuted } from "./alert-state";

const hourMs = 3_600_000;
const mutings = [
  ["Mute for an hour", hourMs],
  ["Mute for a day", 24 * hourMs],
  ["Mute for a week", 7 * 24 * hourMs],
] as const;

interface AlertActionsProps {
  alert: Alert;
  historyId: string;
  historyShown: boolean;
  onShowHistory: () => void;
}

/** Try it, see what it told, mute it, delete it. */
export function AlertActions({ alert, historyId, historyShown, onShowHistory }: AlertActionsProps) {
  const { id } = alert;
  const test = useTestAlert();
  const update = useUpdateAlert();
  const remove = useDeleteAlert();
  const onError = (error: unknown) => notifyProblem(messageOf(error));
  const mute = (mutedUntil: string | null) => update.mutate({ id, body: { mutedUntil } }, { onError });
  // The list loses the card before its mutation is told, so that what follows hangs on the promise.
  const restore = () =>
    void update.mutateAsync({ id, body: { archived: false } }).then(() => notify("The alert is back."), onError);
  return (
    <div className="flex flex-none gap-1.5">
      <Button
        disabled={test.isPending}
        onClick={() =>
          test.mutate(id, {
            onError,
            onSuccess: ({ ok, message }) => (ok ? notify(message) : notifyProblem(message)),
          })
        }
      >
        {test.isPending ? "Sending a test …" : "Send a test"}
      </Button>
      <Button
        look="quiet"
        aria-expanded={historyShown}
        aria-controls={historyShown ? historyId : undefined}
        onClick={onShowHistory}
      >
        History
      </Button>
      <Menu>
        <MenuTrigger asChild>
          <Button look="quiet" icon aria-label="Mute or delete">
            <Ellipsis aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent>
          {isMuted(alert) ? (
            <MenuItem onSelect={() => mute(null)}>
              <BellOff aria-hidden />
              Tell again from now on
            </MenuItem>
          ) : (
            mutings.map(([label, span]) => (
              <MenuItem key={label} onSelect={() => mute(new Date(Date.now() + span).toISOString())}>
                <BellOff aria-hidden />
                {label}
              </MenuItem>
            ))
          )}
          <MenuSeparator />
          <MenuItem
            danger
            onSelect={() =>
              void remove.mutateAsync(id).then(() => notify("Alert deleted.", { undo: restore }), onError)
            }
          >
            <Trash2 aria-hidden />
            Delete
          </MenuItem>
        </MenuContent>
      </Menu>
    </div>
  );
}
