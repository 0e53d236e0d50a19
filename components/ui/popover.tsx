"use client";

import { Popover as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;
export const PopoverClose = Radix.Close;

/** Opens under its trigger and flips when there is no room; a sheet at the bottom up to 720 px. */
export function PopoverContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        data-sheet
        align="start"
        sideOffset={6}
        collisionPadding={8}
        className={cn(
          "z-30 flex max-h-[min(var(--radix-popover-content-available-height),480px)] w-80 animate-appear flex-col overflow-y-auto rounded-4 bg-raised shadow-2",
          "max-desk:max-h-[70dvh] max-desk:w-full max-desk:rounded-b-none max-desk:pb-[env(safe-area-inset-bottom)]",
          className,
        )}
        {...rest}
      />
    </Radix.Portal>
  );
}
