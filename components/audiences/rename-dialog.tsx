"use client";

import { messageOf } from "@/client/api-error";
import { useUpdateAudience } from "@/client/queries/audiences";
import type { ListedAudience } from "@/core/api/audiences";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { FormDialogContent } from "../ui/form-dialog";
import { textOf } from "../ui/form-text";
import { Input } from "../ui/input";

interface RenameDialogProps {
  /** Closed while there is none. */
  audience: ListedAudience | undefined;
  onClose: () => void;
}

export function RenameDialog({ audience, onClose }: RenameDialogProps) {
  const update = useUpdateAudience();
  const close = () => {
    update.reset();
    onClose();
  };
  return (
    <Dialog open={audience !== undefined} onOpenChange={(open) => !open && close()}>
      {audience && (
        <FormDialogContent
          title="Rename audience"
          description="Its key stays the same, so that nothing that sends it breaks."
          action="Rename"
          pending={update.isPending}
          onSubmit={(data) =>
            update.mutate(
              { id: audience.id, name: textOf(data, "name"), description: textOf(data, "description") },
              { onSuccess: close },
            )
          }
        >
          <Field label="Name" error={update.isError && messageOf(update.error)}>
            <Input name="name" defaultValue={audience.name} required maxLength={200} autoFocus />
          </Field>
          <Field label="Description" hint="Optional: what it is for.">
            <Input name="description" defaultValue={audience.description} maxLength={2000} />
          </Field>
        </FormDialogContent>
      )}
    </Dialog>
  );
}
