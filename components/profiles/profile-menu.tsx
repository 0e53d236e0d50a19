"use client";

import { Ellipsis } from "lucide-react";
import { useState } from "react";
import type { Person } from "@/core/api/shared";
import { Button } from "../ui/button";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "../ui/menu";
import { DeleteDialog } from "./delete-dialog";
import { MergeDialog } from "./merge-dialog";

/** What can be done with a person as a whole. */
export function ProfileMenu({ person }: { person: Person }) {
  const [open, setOpen] = useState<"merge" | "delete" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button look="quiet" icon aria-label="More about this person">
            <Ellipsis aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent>
          <MenuItem onSelect={() => setOpen("merge")}>Join with another person…</MenuItem>
          <MenuSeparator />
          <MenuItem danger onSelect={() => setOpen("delete")}>
            Delete this person…
          </MenuItem>
        </MenuContent>
      </Menu>
      <MergeDialog person={person} open={open === "merge"} onClose={close} />
      <DeleteDialog person={person} open={open === "delete"} onClose={close} />
    </>
  );
}
