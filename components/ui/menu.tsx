"use client";

import { DropdownMenu as Radix } from "radix-ui";
import { type ComponentProps, useEffect, useState } from "react";
import { cn } from "./class-names";

/** Leaves the rest of the page where it is: a click elsewhere closes the menu and does what it says. */
export function Menu(props: Omit<ComponentProps<typeof Radix.Root>, "modal">) {
  return <Radix.Root modal={false} {...props} />;
}

export const MenuTrigger = Radix.Trigger;

export function MenuContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  const [main, setMain] = useState<HTMLElement | null>(null);
  // A menu is no landmark itself, so it stands in the main one: that of the page that is shown once this is.
  useEffect(() => setMain(document.getElementById("main")), []);
  return (
    <Radix.Portal container={main}>
      <Radix.Content
        data-sheet
        align="end"
        sideOffset={4}
        collisionPadding={8}
        className={cn(
          "z-30 min-w-44 animate-appear rounded-4 bg-raised p-1 shadow-2",
          "max-desk:w-full max-desk:rounded-b-none max-desk:p-2 max-desk:pb-[max(8px,env(safe-area-inset-bottom))]",
          className,
        )}
        {...rest}
      />
    </Radix.Portal>
  );
}

interface MenuItemProps extends ComponentProps<typeof Radix.Item> {
  danger?: boolean;
}

export function MenuItem({ danger = false, className, ...rest }: MenuItemProps) {
  return (
    <Radix.Item
      className={cn(
        "flex h-ctl cursor-pointer items-center gap-2 rounded-2 px-2.5 outline-none select-none data-disabled:text-ink-3 data-highlighted:bg-hover max-desk:h-11",
        danger && "text-out data-highlighted:bg-out-soft",
        className,
      )}
      {...rest}
    />
  );
}

export function MenuSeparator() {
  return <Radix.Separator className="mx-1 my-1 h-px bg-line" />;
}
