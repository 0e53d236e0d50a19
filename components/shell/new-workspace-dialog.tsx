"use client";

import { useQuery } from "@tanstack/react-query";
import { messageOf } from "@/client/api-error";
import { addressIn } from "@/client/current-workspace";
import { workspaceQuery } from "@/client/queries/workspace";
import { useCreateWorkspace } from "@/client/queries/workspaces";
import { environment } from "@/core/api/workspace";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { FormDialogContent } from "../ui/form-dialog";
import { textOf } from "../ui/form-text";
import { Input, Select } from "../ui/input";
import { environmentNames } from "./environment";

export function NewWorkspaceDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const create = useCreateWorkspace();
  const timeZone = useQuery(workspaceQuery).data?.timeZone;
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()}>
      <FormDialogContent
        title="New workspace"
        description="With sources, people, audiences and funnels of its own: nothing crosses from one to another."
        action="Make workspace"
        pending={create.isPending}
        onSubmit={(data) =>
          create.mutate(
            { name: textOf(data, "name"), environment: environment.parse(data.get("environment")), timeZone },
            { onSuccess: ({ id }) => window.location.assign(addressIn(id, "/")) },
          )
        }
      >
        <Field label="Name" error={create.isError && messageOf(create.error)}>
          <Input name="name" required maxLength={200} autoComplete="off" autoFocus />
        </Field>
        <Field label="What it is for" hint="What is not production is marked on every page.">
          <Select name="environment" defaultValue="staging">
            {environment.options.map((option) => (
              <option key={option} value={option}>
                {environmentNames[option]}
              </option>
            ))}
          </Select>
        </Field>
      </FormDialogContent>
    </Dialog>
  );
}
