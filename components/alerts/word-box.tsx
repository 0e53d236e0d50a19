"use client";

import { type ReactNode, useState } from "react";
import { Word, type WordLook } from "../audience-builder/word";
import { cn } from "../ui/class-names";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";

interface WordBoxProps {
  wordId: string;
  label: ReactNode;
  /** Names what opens: "How long". */
  title: string;
  look?: WordLook;
  className?: string;
  children: (close: () => void) => ReactNode;
}

/** A word of an alert with what opens under it. */
export function WordBox({ wordId, label, title, look = "plain", className, children }: WordBoxProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Word wordId={wordId} look={look}>
          {label}
        </Word>
      </PopoverTrigger>
      <PopoverContent aria-label={title} className={cn("w-72", className)}>
        {children(() => setOpen(false))}
      </PopoverContent>
    </Popover>
  );
}

/** A small form in it: every change holds at once, Enter closes. */
export function WordForm({ close, children }: { close: () => void; children: ReactNode }) {
  return (
    <form
      className="grid gap-3 p-3"
      onSubmit={(event) => {
        event.preventDefault();
        close();
      }}
    >
      {children}
      <button type="submit" tabIndex={-1} aria-hidden className="sr-only">
        Done
      </button>
    </form>
  );
}
