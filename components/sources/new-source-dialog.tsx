"use client";

import { useRouter } from "next/navigation";
import { useId } from "react";
import { messageOf } from "@/client/api-error";
import { useCreateSource } from "@/client/queries/sources";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent } from "../ui/dialog";
import { Field } from "../ui/field";
import { textOf } from "../ui/form-text";
import { Input } from "../ui/input";

export function NewSourceDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const form = useId();
  const router = useRouter();
  const create = useCreateSource();
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()}>
      <DialogContent title="Add a source" description="Its write key and the set-up for it come next.">
        <form
          id={form}
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate(textOf(new FormData(event.currentTarget), "name"), {
              onSuccess: (source) => {
                onClose();
                router.push(`/sources/${source.id}`);
              },
            });
          }}
        >
          <Field
            label="Name"
            hint="What sends: Web app, API server, iOS app."
            error={create.isError && messageOf(create.error)}
          >
            <Input name="name" required maxLength={200} autoComplete="off" autoFocus />
          </Field>
        </form>
        <DialogActions>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button look="primary" type="submit" form={form} disabled={create.isPending}>
            Add source
          </Button>
        </DialogActions>
      </DialogContent>
    </Dialog>
  );
}
