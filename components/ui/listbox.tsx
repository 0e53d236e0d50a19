"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { cn } from "./class-names";

interface ListboxProps {
  label: string;
  placeholder: string;
  options: readonly string[];
  /** What the search looks through. */
  textOf: (option: string) => string;
  selected: string;
  onChoose: (option: string) => void;
  render: (option: string) => ReactNode;
}

const shown = 100;

/**
 * A search with its finds under it; the focus stays in the search, which points at the option. Its height does not follow
 * the finds: a popover that shrank would move, or flip, under the pointer.
 */
export function Listbox({ label, placeholder, options, textOf, selected, onChoose, render }: ListboxProps) {
  const id = useId();
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLocaleLowerCase();
  const found = options.filter((option) => textOf(option).toLocaleLowerCase().includes(wanted)).slice(0, shown);
  const [at, setAt] = useState(() => Math.max(0, options.slice(0, shown).indexOf(selected)));
  const current = Math.min(at, found.length - 1);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[data-at="${current}"]`)?.scrollIntoView({ block: "nearest" });
  }, [current]);
  const onKeyDown = (event: KeyboardEvent) => {
    const option = found[current];
    if (event.key === "ArrowDown") setAt(Math.min(found.length - 1, current + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, current - 1));
    else if (event.key === "Enter" && option !== undefined) onChoose(option);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-label={placeholder}
        aria-expanded
        aria-controls={id}
        aria-activedescendant={current >= 0 ? `${id}-${current}` : undefined}
        placeholder={placeholder}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="h-10 flex-none border-b border-line bg-transparent px-3 outline-none focus-visible:outline-none max-desk:text-16"
      />
      <div ref={list} role="listbox" id={id} aria-label={label} className="h-72 flex-none overflow-y-auto p-1">
        {found.length === 0 && <p className="p-2 text-ink-3">Nothing has “{search.trim()}” in its name.</p>}
        {found.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the search field has the keys
          <div
            key={option}
            id={`${id}-${index}`}
            data-at={index}
            role="option"
            tabIndex={-1}
            aria-selected={option === selected}
            onPointerMove={() => setAt(index)}
            onClick={() => onChoose(option)}
            className={cn(
              "flex min-h-8 cursor-pointer items-center gap-2 rounded-2 px-2 max-desk:min-h-11",
              index === current && "bg-accent-soft",
            )}
          >
            {render(option)}
          </div>
        ))}
      </div>
    </>
  );
}
