"use client";

import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-names";

interface SegmentedProps<Value extends string> {
  /** Says what is chosen, for those who do not see it. */
  label: string;
  value: Value;
  options: readonly { value: Value; label: ReactNode }[];
  onChange: (value: Value) => void;
  className?: string;
}

/** One choice out of a few that all stay in view. */
export function Segmented<Value extends string>({ label, value, options, onChange, className }: SegmentedProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
      className={cn("inline-flex max-w-full overflow-x-auto rounded-3 bg-sunken p-0.5", className)}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="inline-flex h-6 items-center gap-1.5 rounded-2 px-2.5 whitespace-nowrap text-ink-2 hover:text-ink focus-visible:-outline-offset-1 data-[state=on]:bg-raised data-[state=on]:font-word data-[state=on]:text-ink data-[state=on]:shadow-[var(--shadow-1),0_0_0_1px_var(--line)] max-desk:h-8"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
