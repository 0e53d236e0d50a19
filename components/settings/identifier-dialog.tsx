"use client";

import { messageOf } from "@/client/api-error";
import { type NamedIdentifier, useLiftSuppression, useSuppressId } from "@/client/queries/suppressions";
import { Dialog } from "../ui/dialog";
import { Field, Problem } from "../ui/field";
import { FormDialogContent } from "../ui/form-dialog";
import { textOf } from "../ui/form-text";
import { Input, Select } from "../ui/input";
import { notify } from "../ui/toast";

/** What can be done with an identifier by hand. */
export type IdentifierTask = "suppress" | "lift";

const kinds = [
  { value: "user", label: "User id" },
  { value: "anonymous", label: "Anonymous id" },
  { value: "email", label: "Email" },
] as const;

const words = {
  suppress: {
    title: "Keep an id out",
    description: "Messages that name it are refused from then on. Only its hash is kept.",
    action: "Keep it out",
    done: "Messages that name it are refused from now on.",
  },
  lift: {
    title: "Let an id come back",
    description:
      "Only its hash is kept, so it has to be typed in as it was sent. Whoever sends it from then on is a new person; what was deleted stays deleted.",
    action: "Let it come back",
    done: "It may come back, as a new person.",
  },
} as const;

interface IdentifierDialogProps {
  /** Closed while there is none. */
  task: IdentifierTask | undefined;
  onClose: () => void;
}

/** Asks for an identifier that is to be kept out, or let in again. */
export function IdentifierDialog({ task, onClose }: IdentifierDialogProps) {
  const suppress = useSuppressId();
  const lift = useLiftSuppression();
  const change = task === "lift" ? lift : suppress;
  const close = () => {
    change.reset();
    onClose();
  };
  return (
    <Dialog open={task !== undefined} onOpenChange={(open) => !open && close()}>
      {task && (
        <FormDialogContent
          title={words[task].title}
          description={words[task].description}
          action={words[task].action}
          pending={change.isPending}
          onSubmit={(data) =>
            change.mutate(identifierOf(textOf(data, "kind"), textOf(data, "id")), {
              onSuccess: () => {
                notify(words[task].done);
                close();
              },
            })
          }
        >
          <Field label="Kind">
            <Select name="kind">
              {kinds.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Id">
            <Input name="id" required maxLength={1_000} autoComplete="off" spellCheck={false} />
          </Field>
          {change.isError && <Problem>{messageOf(change.error)}</Problem>}
        </FormDialogContent>
      )}
    </Dialog>
  );
}

function identifierOf(kind: string, id: string): NamedIdentifier {
  if (kind === "email") return { kind: "other", id: `email:${id}` };
  return { kind: kind === "anonymous" ? "anonymous" : "user", id };
}
