"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { leaveWorkspace } from "@/client/current-workspace";
import { useRemoveWorkspace, workspacesQuery } from "@/client/queries/workspaces";
import type { Workspace } from "@/core/api/workspace";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent, DialogTrigger } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

/** Removes the workspace that is shown, where there is another one to go to; its name is typed first. */
export function RemoveWorkspace({ workspace }: { workspace: Workspace }) {
  const several = (useQuery(workspacesQuery).data?.length ?? 0) > 1;
  const [typed, setTyped] = useState("");
  const remove = useRemoveWorkspace();
  if (!several) return null;
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button look="danger">Delete this workspace</Button>
      </DialogTrigger>
      <DialogContent
        title={`Delete ${workspace.name}?`}
        description="Its sources, messages, people, audiences, funnels and tokens are removed for good. There is no way back."
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            remove.mutate({ id: workspace.id, confirm: typed }, { onSuccess: leaveWorkspace });
          }}
        >
          <Field label={`Type ${workspace.name} to confirm`} error={remove.isError && messageOf(remove.error)}>
            <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" autoFocus />
          </Field>
          <DialogActions>
            <DialogClose asChild>
              <Button>Keep it</Button>
            </DialogClose>
            <Button look="danger" type="submit" disabled={typed !== workspace.name || remove.isPending}>
              {remove.isPending ? "Deleting" : "Delete workspace"}
            </Button>
          </DialogActions>
        </form>
      </DialogContent>
    </Dialog>
  );
}
