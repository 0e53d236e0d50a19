"use client";

import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "../ui/class-names";

const word = cva(
  "inline-block max-w-full rounded-2 px-[5px] py-0.5 text-left leading-5 [overflow-wrap:anywhere] transition-colors max-desk:px-1.5 max-desk:py-px max-desk:leading-6",
  {
    variants: {
      look: {
        plain: "bg-word font-word hover:bg-word-hover",
        name: "bg-word font-head hover:bg-word-hover",
        absence: "bg-word font-word underline decoration-[1.5px] underline-offset-3 hover:bg-word-hover",
        empty: "text-ink-2 shadow-[inset_0_0_0_1px_var(--line-control)] hover:bg-hover",
        wrong: "bg-violation-soft font-head text-violation shadow-[inset_0_0_0_1px_var(--violation-line)]",
        add: "text-ink-3 hover:bg-hover hover:text-ink",
      },
    },
    defaultVariants: { look: "plain" },
  },
);

export type WordLook = NonNullable<VariantProps<typeof word>["look"]>;

interface WordProps extends ComponentProps<"button"> {
  look?: WordLook;
  /** Identifies the word on the page: the arrows and the focus go by it. */
  wordId: string;
  /** Backspace on the word. */
  onClear?: () => void;
}

/** A clickable word of a sentence. */
export function Word({ look, wordId, onClear, className, onKeyDown, ...rest }: WordProps) {
  return (
    <button
      type="button"
      data-word={wordId}
      className={cn(
        word({ look }),
        "aria-expanded:bg-accent-soft aria-expanded:text-accent-text aria-expanded:shadow-[inset_0_0_0_1px_var(--accent-line)]",
        className,
      )}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        if (event.defaultPrevented || !onClear || (event.key !== "Backspace" && event.key !== "Delete")) return;
        event.preventDefault();
        onClear();
      }}
      {...rest}
    />
  );
}
