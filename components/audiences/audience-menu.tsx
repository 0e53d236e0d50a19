"use client";

import { Pencil, TextCursorInput, Users } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import type { ListedAudience } from "@/core/api/audiences";
import { SavedMenu } from "../saved-list/saved-menu";
import { MenuItem } from "../ui/menu";
import { useAudienceActions } from "./use-audience-actions";
import { UsedDialog } from "./used-dialog";

interface AudienceMenuProps {
  audience: ListedAudience;
  onRename: () => void;
}

/** What can be done with an audience, in lists and on its page. */
export function AudienceMenu({ audience, onRename }: AudienceMenuProps) {
  const router = useRouter();
  const here = `/audiences/${audience.id}`;
  const onItsPage = usePathname() === here;
  const archived = audience.archivedAt !== null;
  const [used, setUsed] = useState(false);
  const { duplicate, archive, restore } = useAudienceActions(audience);
  return (
    <>
      <SavedMenu
        name={audience.name}
        archived={archived}
        onDuplicate={duplicate}
        onArchive={() => archive(() => setUsed(true))}
        onRestore={restore}
      >
        {!onItsPage && (
          <MenuItem onSelect={() => router.push(here)}>
            <Users aria-hidden /> Open
          </MenuItem>
        )}
        {!archived && (
          <MenuItem onSelect={() => router.push(`${here}/edit`)}>
            <Pencil aria-hidden /> Edit
          </MenuItem>
        )}
        <MenuItem onSelect={onRename}>
          <TextCursorInput aria-hidden /> Rename
        </MenuItem>
      </SavedMenu>
      <UsedDialog audience={audience} open={used} onClose={() => setUsed(false)} />
    </>
  );
}
