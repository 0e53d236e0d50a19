"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import Link from "next/link";
import { useEffect, useRef } from "react";
import type { Person } from "@/core/api/shared";
import { personName } from "../profiles/people-table";
import { traitText } from "../profiles/trait-text";
import { useRowHeight } from "../ui/use-row-height";

interface PeopleListProps {
  label: string;
  people: readonly Person[];
  /** Of everyone, where more are still to be fetched. */
  total: number;
  onNearEnd?: () => void;
}

/** People in a box that scrolls in itself; only the rows in view are drawn. */
export function PeopleList({ label, people, total, onNearEnd }: PeopleListProps) {
  const box = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const virtualizer = useVirtualizer({
    count: people.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const rows = virtualizer.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? -1;
  useEffect(() => {
    if (lastShown >= people.length - 20) onNearEnd?.();
  }, [lastShown, people.length, onNearEnd]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={box} aria-label={label} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
      <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map((row) => {
          const person = people[row.index];
          return (
            person && (
              <li
                key={person.id}
                aria-setsize={total}
                aria-posinset={row.index + 1}
                className="absolute inset-x-0 top-0"
                style={{ height: rowHeight, transform: `translateY(${row.start}px)` }}
              >
                <Link
                  href={`/profiles/${person.id}`}
                  className="flex h-full items-center gap-3 rounded-2 px-2 hover:bg-hover"
                >
                  <span className="min-w-0 flex-1 truncate">{personName(person)}</span>
                  <span className="max-w-[45%] truncate text-ink-3">{aside(person)}</span>
                </Link>
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}

/** Beside the name: the plan where there is one, else the id. */
function aside(person: Person): string {
  const plan = traitText(person.traits.plan);
  if (plan !== "") return plan;
  return person.email !== null ? (person.userId ?? "") : "";
}
