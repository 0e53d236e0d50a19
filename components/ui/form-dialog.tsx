"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { Button } from "./button";
import { DialogActions, DialogClose, DialogContent } from "./dialog";

interface FormDialogProps extends Pick<ComponentProps<typeof DialogContent>, "title" | "description"> {
  /** What the button that sends the form says. */
  action: string;
  pending: boolean;
  onSubmit: (data: FormData) => void;
  /** The form's fields. */
  children: ReactNode;
}

/** What stands in a dialog that is a form: its fields, and below them Cancel and the one thing that it does. */
export function FormDialogContent({ title, description, action, pending, onSubmit, children }: FormDialogProps) {
  const form = useId();
  return (
    <DialogContent title={title} description={description}>
      <form
        id={form}
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(new FormData(event.currentTarget));
        }}
      >
        {children}
      </form>
      <DialogActions>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button look="primary" type="submit" form={form} disabled={pending}>
          {action}
        </Button>
      </DialogActions>
    </DialogContent>
  );
}
