"use client";

import { Archive, ArchiveRestore, CopyPlus, Ellipsis } from "lucide-react";
import type { Funnel } from "@/core/api/funnels";
import { Button } from "../ui/button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "../ui/menu";
import { useFunnelActions } from "./use-funnel-actions";

/** What can be done with a funnel, in lists and on its page. */
export function FunnelMenu({ funnel }: { funnel: Funnel }) {
  const { duplicate, archive, restore } = useFunnelActions(funnel);
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button look="quiet" icon aria-label={`Actions for ${funnel.name}`} className="relative z-1">
          <Ellipsis aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuItem onSelect={duplicate}>
          <CopyPlus aria-hidden /> Duplicate
        </MenuItem>
        {funnel.archivedAt === null ? (
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
