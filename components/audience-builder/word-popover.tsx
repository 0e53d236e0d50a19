"use client";

import { type ComponentProps, type ReactNode, useRef } from "react";
import { cn } from "../ui/class-names";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";
import { Tooltip } from "../ui/tooltip";
import { useBuilder } from "./builder-context";
import { Word, type WordLook } from "./word";
import { focusIsTaken, wordElement, wordsAround } from "./word-focus";

export interface Opened {
  /** Name of the step for all edits made while the popover is open. */
  step: string;
  close: () => void;
  /** Closes and goes on to the next word, or back to the one before. */
  leave: (by: 1 | -1) => void;
}

interface WordPopoverProps extends Omit<ComponentProps<typeof Word>, "children" | "content"> {
  look?: WordLook;
  /** The word itself. */
  label: ReactNode;
  /** Names the popover: "Choose an event". */
  title: string;
  /** A short aid on hover. */
  hint?: string;
  popoverClassName?: string;
  children: (opened: Opened) => ReactNode;
}

/** A word with what opens under it. Closing returns to the word, unless the focus was sent elsewhere. */
export function WordPopover({ wordId, label, title, hint, popoverClassName, children, ...rest }: WordPopoverProps) {
  const { open, setOpen, isAnyOpen } = useBuilder();
  const times = useRef(0);
  const leaving = useRef<1 | -1 | 0>(0);
  const isOpen = open === wordId;
  const trigger = (
    <PopoverTrigger asChild>
      <Word wordId={wordId} {...rest}>
        {label}
      </Word>
    </PopoverTrigger>
  );
  return (
    <Popover
      open={isOpen}
      onOpenChange={(next) => {
        if (next) times.current += 1;
        setOpen(next ? wordId : null);
      }}
    >
      {hint ? <Tooltip content={hint}>{trigger}</Tooltip> : trigger}
      {isOpen && (
        <PopoverContent
          aria-label={title}
          className={cn("w-[436px] overflow-hidden", popoverClassName)}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            const by = leaving.current;
            leaving.current = 0;
            if (isAnyOpen() || focusIsTaken()) return;
            (by === 0 ? wordElement(wordId) : wordsAround(wordId, by))?.focus();
          }}
        >
          {children({
            step: `${wordId} ${times.current}`,
            close: () => setOpen(null),
            leave: (by) => {
              leaving.current = by;
              setOpen(null);
            },
          })}
        </PopoverContent>
      )}
    </Popover>
  );
}
