"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { Button } from "../ui/button";
import { cn } from "../ui/class-names";

interface SheetProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Under the title. */
  description: ReactNode;
  actions?: ReactNode;
  /** Where it comes from on a wide screen; on a narrow one always from below. */
  side?: "right" | "bottom";
  children?: ReactNode;
}

/** A panel over the page that leaves the page in view. */
export function Sheet({ open, onClose, title, description, actions, side = "right", children }: SheetProps) {
  // What had the focus when it was opened gets it back; the dialog itself would only return it to a trigger of its own.
  const opener = useRef<Element>(null);
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[light-dark(oklch(0.22_0.014_262/.18),oklch(0_0_0/.45))]" />
        <Radix.Content
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus();
          }}
          className={cn(
            "fixed z-40 flex animate-appear flex-col bg-raised shadow-2",
            side === "right"
              ? "inset-y-0 right-0 w-[420px] max-w-full max-desk:inset-x-0 max-desk:top-[12dvh] max-desk:w-full max-desk:rounded-t-[14px]"
              : "inset-x-0 bottom-0 max-h-[80dvh] rounded-t-[14px] pb-[env(safe-area-inset-bottom)]",
          )}
        >
          <div className="flex flex-none items-start gap-3 px-4 pt-3.5 pb-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-16 font-head tracking-title">{title}</Radix.Title>
              <Radix.Description asChild>
                <div className="text-ink-2">{description}</div>
              </Radix.Description>
            </div>
            <Radix.Close asChild>
              <Button look="quiet" icon aria-label="Close">
                <X aria-hidden />
              </Button>
            </Radix.Close>
          </div>
          {children}
          {actions && <div className="flex flex-none flex-wrap gap-2 border-t border-line px-4 py-3">{actions}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
