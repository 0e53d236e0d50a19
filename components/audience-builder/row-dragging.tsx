"use client";

import { DndContext, type DragMoveEvent, DragOverlay, PointerSensor, useSensor, useSensors } from "@dnd-kit/core";
import { type ReactNode, useState } from "react";
import { dropRow } from "@/client/audience-draft/drop-row";
import { useBuilder } from "./builder-context";
import { landingAt, type ShownLanding } from "./landing-at";
import { LandingMark } from "./landing-mark";

interface Dragged {
  id: string;
  words: string;
  landing: ShownLanding | undefined;
}

/** Lets rows be dragged by their grips, with mouse, pen or finger. By the keyboard they move without it (onWordKey, the grip's menu). */
export function RowDragging({ children }: { children: ReactNode }) {
  const { draft, edit, focus } = useBuilder();
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }));
  return (
    <DndContext
      sensors={sensors}
      accessibility={{ announcements, screenReaderInstructions: { draggable: "" } }}
      onDragStart={({ active }) => {
        setDragged({ id: String(active.id), words: wordsOf(String(active.id)), landing: undefined });
      }}
      onDragMove={(event) => {
        const point = pointOf(event);
        if (!dragged || !point) return;
        const shown = landingAt(draft, point, dragged.id);
        const landing = shown && dropRow(draft, dragged.id, shown.landing) ? shown : undefined;
        setDragged({ ...dragged, landing });
      }}
      onDragCancel={() => setDragged(null)}
      onDragEnd={() => {
        const next = dragged?.landing && dropRow(draft, dragged.id, dragged.landing.landing);
        setDragged(null);
        if (!next || !dragged) return;
        edit(() => next);
        focus(dragged.id);
      }}
    >
      {children}
      <LandingMark shown={dragged?.landing} />
      <DragOverlay dropAnimation={null}>
        {dragged && (
          <span className="inline-block max-w-80 -translate-y-1 translate-x-5 truncate rounded-2 border border-line-strong bg-raised px-2.5 py-1 text-13 text-ink shadow-2">
            {dragged.words}
          </span>
        )}
      </DragOverlay>
    </DndContext>
  );
}

/** Where the pointer is: where it was pressed, and what it has moved since. */
function pointOf({ activatorEvent, delta }: DragMoveEvent): { x: number; y: number } | undefined {
  if (!(activatorEvent instanceof PointerEvent)) return undefined;
  return { x: activatorEvent.clientX + delta.x, y: activatorEvent.clientY + delta.y };
}

function wordsOf(rowId: string): string {
  const sentence = document.querySelector(`[data-row="${CSS.escape(rowId)}"] [data-sentence]`);
  return (sentence?.textContent ?? "").replace(/\s+/g, " ").replace(/ \+$/, "");
}

const announcements = {
  onDragStart: () => "The row is being moved.",
  onDragOver: () => undefined,
  onDragEnd: () => "The row was put down.",
  onDragCancel: () => "The row stays where it was.",
};
