"use client";

import { useRouter } from "next/navigation";
import { type RefObject, useState } from "react";
import { messageOf } from "@/client/api-error";
import { formatPeople } from "@/client/format";
import { useCreateAudience, useUpdateAudience } from "@/client/queries/audiences";
import type { AudienceWithCount } from "@/core/api/audiences";
import { notify, notifyProblem } from "../ui/toast";
import type { useDraft } from "./use-draft";
import type { usePreview } from "./use-preview";

interface SavingOptions {
  audience: AudienceWithCount | null;
  draft: ReturnType<typeof useDraft>;
  preview: ReturnType<typeof usePreview>;
  nameField: RefObject<HTMLInputElement | null>;
}

/** Saves a draft, forgets it, and goes to the audience's page; says why where it cannot. */
export function useSaving({ audience, draft, preview, nameField }: SavingOptions) {
  const create = useCreateAudience();
  const update = useUpdateAudience();
  const router = useRouter();
  const [done, setDone] = useState(false);
  const name = draft.name.trim();
  const { definition } = preview.compiled;
  const reason = reasonAgainst(name, definition !== null, draft.draft.rows.length > 0);
  const saving = create.isPending || update.isPending || done;

  const save = async () => {
    if (reason !== null || definition === null) {
      if (name === "") nameField.current?.focus();
      return;
    }
    if (saving || !draft.changed) return;
    try {
      const saved = audience
        ? await update.mutateAsync({ id: audience.id, name, definition })
        : await create.mutateAsync({ name, definition });
      setDone(true);
      draft.forget();
      const count = preview.stale ? undefined : preview.answered?.preview.count;
      const people = count === undefined ? "" : `: ${formatPeople(count)}`;
      if (audience) {
        const before = { id: audience.id, name: audience.name, definition: audience.definition };
        notify(`Version ${saved.version} saved${people}.`, {
          undo: () => update.mutateAsync(before).catch((error: unknown) => notifyProblem(messageOf(error))),
        });
      } else {
        notify(`${saved.name} saved${people}.`);
      }
      router.push(`/audiences/${saved.id}`);
    } catch {
      // Said in the save bar, by the state of the mutation.
    }
  };
  return { save: () => void save(), saving, reason, error: create.error ?? update.error };
}

function reasonAgainst(name: string, finished: boolean, hasRows: boolean): string | null {
  if (!finished) return hasRows ? "Save is off: no condition is finished." : "Save is off: there is no condition.";
  return name === "" ? "Save is off: give it a name." : null;
}
