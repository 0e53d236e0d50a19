"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type RefObject, useState } from "react";
import { messageOf } from "@/client/api-error";
import { call } from "@/client/call";
import { formatPeople } from "@/client/format";
import { useRestoreVersion } from "@/client/queries/audience-versions";
import { useAudiencesChanged } from "@/client/queries/audiences";
import { type AudienceWithCount, createAudience, updateAudience } from "@/core/api/audiences";
import type { AudienceDefinition } from "@/core/audience/definition";
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
  const changed = useAudiencesChanged();
  const restore = useRestoreVersion();
  const [note, setNote] = useState("");
  const router = useRouter();
  const saveNow = useMutation({
    mutationFn: (body: { name: string; definition: AudienceDefinition }) =>
      audience
        ? call(updateAudience, { params: { id: audience.id }, body: { ...body, ...(note.trim() && { note }) } })
        : call(createAudience, { body }),
    onSuccess: (saved) => {
      // At once: whoever leaves the page now has saved it, and finds no draft of it later.
      draft.forget();
      router.push(`/audiences/${saved.id}`);
      void changed();
    },
  });
  const name = draft.name.trim();
  const { definition } = preview.compiled;
  const reason = reasonAgainst(name, definition !== null, draft.draft.rows.length > 0);
  const saving = saveNow.isPending || saveNow.isSuccess;

  const save = async () => {
    if (reason !== null || definition === null) {
      if (name === "") nameField.current?.focus();
      return;
    }
    if (saving || !draft.changed) return;
    try {
      const saved = await saveNow.mutateAsync({ name, definition });
      const count = preview.stale ? undefined : preview.answered?.preview.count;
      const people = count === undefined ? "" : `: ${formatPeople(count)}`;
      if (audience) {
        const before = { id: audience.id, version: audience.version };
        notify(`Version ${saved.version} saved${people}.`, {
          undo: () => restore.mutateAsync(before).catch((error: unknown) => notifyProblem(messageOf(error))),
        });
      } else {
        notify(`${saved.name} saved${people}.`);
      }
    } catch {
      // Said in the save bar, by the state of the mutation.
    }
  };
  return { save: () => void save(), saving, note, setNote, reason, error: saveNow.error };
}

function reasonAgainst(name: string, finished: boolean, hasRows: boolean): string | null {
  if (!finished) return hasRows ? "Save is off: no condition is finished." : "Save is off: there is no condition.";
  return name === "" ? "Save is off: give it a name." : null;
}
