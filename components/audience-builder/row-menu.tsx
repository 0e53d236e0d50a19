"use client";

import { useDraggable } from "@dnd-kit/core";
import { ArrowDown, ArrowUp, Copy, GripVertical, ListEnd, ListTree, Trash2 } from "lucide-react";
import { useState } from "react";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "../ui/menu";
import { useRowEdits } from "./use-row-edits";
import { focusIsTaken } from "./word-focus";

const moves = [
  { direction: "up", label: "Up", icon: ArrowUp },
  { direction: "down", label: "Down", icon: ArrowDown },
  { direction: "in", label: "Into group", icon: ListTree },
  { direction: "out", label: "Out of group", icon: ListEnd },
] as const;

/** The grip of a row: it is dragged by it, and a press without a move opens what can be done with the whole of it. */
export function RowMenu({ rowId, name }: { rowId: string; name: string }) {
  const { canMove, move, duplicate, remove } = useRowEdits(rowId);
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: rowId });
  const [open, setOpen] = useState(false);
  return (
    <Menu open={open} onOpenChange={setOpen}>
      <MenuTrigger asChild>
        <button
          ref={setNodeRef}
          type="button"
          aria-label={`Move, copy or delete: ${name}`}
          onPointerDown={(event) => {
            listeners?.onPointerDown?.(event);
            // Of itself the menu opens with the press, which may yet become a drag.
            event.preventDefault();
          }}
          onClick={() => setOpen(true)}
          data-dragging={isDragging || undefined}
          className="-ml-1 mr-auto grid h-6 w-4 cursor-grab touch-none place-items-center rounded-[4px] text-ink-3 opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100 aria-expanded:opacity-100 data-dragging:cursor-grabbing data-dragging:opacity-100 max-desk:mr-0 max-desk:ml-auto max-desk:w-6 max-desk:opacity-100"
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
