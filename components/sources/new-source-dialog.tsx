"use client";

import { useRouter } from "next/navigation";
import { messageOf } from "@/client/api-error";
import { useCreateSource } from "@/client/queries/sources";
import { sourceKind } from "@/core/api/sources";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { FormDialogContent } from "../ui/form-dialog";
import { textOf } from "../ui/form-text";
import { Input, Select } from "../ui/input";
import { kindNames } from "./kind-names";

export function NewSourceDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const router = useRouter();
  const create = useCreateSource();
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()}>
      <FormDialogContent
        title="Add a source"
        description="Its write key and the set-up for it come next."
        action="Add source"
        pending={create.isPending}
        onSubmit={(data) =>
          create.mutate(
            { name: textOf(data, "name"), kind: sourceKind.parse(data.get("kind")) },
            {
              onSuccess: (source) => {
                onClose();
                router.push(`/sources/${source.id}`);
              },
            },
          )
        }
      >
        <Field
          label="Name"
          hint="Such as Web app, API server, iOS app."
          error={create.isError && messageOf(create.error)}
        >
          <Input name="name" required maxLength={200} autoComplete="off" autoFocus />
        </Field>
        <Field label="What sends">
          <Select name="kind" defaultValue="server">
            {sourceKind.options.map((option) => (
              <option key={option} value={option}>
                {kindNames[option]}
              </option>
            ))}
          </Select>
        </Field>
      </FormDialogContent>
    </Dialog>
  );
}
