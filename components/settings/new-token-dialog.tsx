"use client";

import { messageOf } from "@/client/api-error";
import { useCreateToken } from "@/client/queries/tokens";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { Dialog, DialogActions, DialogContent } from "../ui/dialog";
import { Field } from "../ui/field";
import { FormDialogContent } from "../ui/form-dialog";
import { textOf } from "../ui/form-text";
import { Input } from "../ui/input";

/** Names a token, then shows its text, this once. */
export function NewTokenDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const create = useCreateToken();
  const close = () => {
    create.reset();
    onClose();
  };
  return (
    <Dialog open={open} onOpenChange={(next) => !next && close()}>
      {create.data ? (
        <DialogContent
          title={`${create.data.name} is made`}
          description="Copy it now: it is shown this once and cannot be read again."
        >
          <CodeBlock code={create.data.token} label="the token" />
          <DialogActions>
            <Button look="primary" onClick={close}>
              Done
            </Button>
          </DialogActions>
        </DialogContent>
      ) : (
        <FormDialogContent
          title="Make a token"
          description="Name it after what will use it, so that it can be revoked alone."
          action="Make token"
          pending={create.isPending}
          onSubmit={(data) => create.mutate(textOf(data, "name"))}
        >
          <Field label="Name" error={create.isError && messageOf(create.error)}>
            <Input name="name" required maxLength={200} autoComplete="off" autoFocus />
          </Field>
        </FormDialogContent>
      )}
    </Dialog>
  );
}
