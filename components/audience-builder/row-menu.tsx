"use client";

import { ArrowDown, ArrowUp, Copy, GripVertical, ListEnd, ListTree, Trash2 } from "lucide-react";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "../ui/menu";
import { useRowEdits } from "./use-row-edits";
import { focusIsTaken } from "./word-focus";

const moves = [
  { direction: "up", label: "Up", icon: ArrowUp },
  { direction: "down", label: "Down", icon: ArrowDown },
  { direction: "in", label: "Into group", icon: ListTree },
  { direction: "out", label: "Out of group", icon: ListEnd },
] as const;

/** The grip of a row: what can be done with the whole of it. */
export function RowMenu({ rowId, name }: { rowId: string; name: string }) {
  const { canMove, move, duplicate, remove } = useRowEdits(rowId);
  return (
    <Menu>
      <MenuTrigger asChild>
        <button
          type="button"
          aria-label={`Move, copy or delete: ${name}`}
          className="-ml-1 mr-auto grid h-6 w-4 place-items-center rounded-[4px] text-ink-3 opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100 aria-expanded:opacity-100 max-desk:mr-0 max-desk:ml-auto max-desk:w-6 max-desk:opacity-100"
        >
          <GripVertical aria-hidden className="!size-3.5" />
        </button>
      </MenuTrigger>
      <MenuContent align="start" onCloseAutoFocus={(event) => focusIsTaken() && event.preventDefault()}>
        {moves.map(({ direction, label, icon: Icon }) => (
          <MenuItem key={direction} disabled={!canMove(direction)} onSelect={() => move(direction)}>
            <Icon aria-hidden />
            {label}
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem onSelect={duplicate}>
          <Copy aria-hidden />
          Duplicate
        </MenuItem>
        <MenuItem danger onSelect={remove}>
          <Trash2 aria-hidden />
          Delete
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
