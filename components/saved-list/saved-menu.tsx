"use client";

import { Archive, ArchiveRestore, CopyPlus, Ellipsis } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/button";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "../ui/menu";

interface SavedMenuProps {
  name: string;
  archived: boolean;
  /** What there is besides, above the rest. */
  children?: ReactNode;
  onDuplicate: () => void;
  onArchive: () => void;
  onRestore: () => void;
}

/** What can be done with a saved thing, in lists and on its page. */
export function SavedMenu({ name, archived, children, onDuplicate, onArchive, onRestore }: SavedMenuProps) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button look="quiet" icon aria-label={`Actions for ${name}`} className="relative z-1">
          <Ellipsis aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>
        {children}
        <MenuItem onSelect={onDuplicate}>
          <CopyPlus aria-hidden /> Duplicate
        </MenuItem>
        {children && <MenuSeparator />}
        {archived ? (
          <MenuItem onSelect={onRestore}>
            <ArchiveRestore aria-hidden /> Bring back
          </MenuItem>
        ) : (
          <MenuItem onSelect={onArchive}>
            <Archive aria-hidden /> Archive
          </MenuItem>
        )}
      </MenuContent>
    </Menu>
  );
}
