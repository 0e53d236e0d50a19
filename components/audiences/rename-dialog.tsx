"use client";

import { useId } from "react";
import { messageOf } from "@/client/api-error";
import { useUpdateAudience } from "@/client/queries/audiences";
import type { ListedAudience } from "@/core/api/audiences";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent } from "../ui/dialog";
import { Field } from "../ui/field";
import { textOf } from "../ui/form-text";
import { Input } from "../ui/input";

interface RenameDialogProps {
  /** Closed while there is none. */
  audience: ListedAudience | undefined;
  onClose: () => void;
}

export function RenameDialog({ audience, onClose }: RenameDialogProps) {
  const form = useId();
  const update = useUpdateAudience();
  const close = () => {
    update.reset();
    onClose();
  };
  return (
    <Dialog open={audience !== undefined} onOpenChange={(open) => !open && close()}>
      <DialogContent
        title="Rename audience"
        description="Its key stays the same, so that nothing that sends it breaks."
      >
        {audience && (
          <form
            id={form}
            onSubmit={(event) => {
              event.preventDefault();
              const data = new FormData(event.currentTarget);
              update.mutate(
                { id: audience.id, name: textOf(data, "name"), description: textOf(data, "description") },
                { onSuccess: close },
              );
            }}
            className="grid gap-3"
          >
            <Field label="Name" error={update.isError && messageOf(update.error)}>
              <Input name="name" defaultValue={audience.name} required maxLength={200} autoFocus />
            </Field>
            <Field label="Description" hint="Optional: what it is for.">
              <Input name="description" defaultValue={audience.description} maxLength={2000} />
            </Field>
          </form>
        )}
        <DialogActions>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button look="primary" type="submit" form={form} disabled={update.isPending}>
            Rename
          </Button>
        </DialogActions>
      </DialogContent>
    </Dialog>
  );
}
