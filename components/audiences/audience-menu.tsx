"use client";

import { Archive, ArchiveRestore, CopyPlus, Ellipsis, Pencil, TextCursorInput, Users } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import type { AudienceWithCount } from "@/core/api/audiences";
import { Button } from "../ui/button";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "../ui/menu";
import { useAudienceActions } from "./use-audience-actions";

interface AudienceMenuProps {
  audience: AudienceWithCount;
  onRename: () => void;
}

/** What can be done with an audience, in lists and on its page. */
export function AudienceMenu({ audience, onRename }: AudienceMenuProps) {
  const router = useRouter();
  const here = `/audiences/${audience.id}`;
  const onItsPage = usePathname() === here;
  const { duplicate, archive, restore } = useAudienceActions(audience);
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button look="quiet" icon aria-label={`Actions for ${audience.name}`}>
          <Ellipsis aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>
        {!onItsPage && (
          <MenuItem onSelect={() => router.push(here)}>
            <Users aria-hidden /> Open
          </MenuItem>
        )}
        {audience.archivedAt === null && (
          <MenuItem onSelect={() => router.push(`${here}/edit`)}>
            <Pencil aria-hidden /> Edit
          </MenuItem>
        )}
        <MenuItem onSelect={onRename}>
          <TextCursorInput aria-hidden /> Rename
        </MenuItem>
        <MenuItem onSelect={duplicate}>
          <CopyPlus aria-hidden /> Duplicate
        </MenuItem>
        <MenuSeparator />
        {audience.archivedAt === null ? (
          <MenuItem onSelect={archive}>
            <Archive aria-hidden /> Archive
          </MenuItem>
        ) : (
          <MenuItem onSelect={restore}>
            <ArchiveRestore aria-hidden /> Bring back
          </MenuItem>
        )}
      </MenuContent>
    </Menu>
  );
}
