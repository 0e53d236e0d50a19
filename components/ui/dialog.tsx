"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./class-names";

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

interface DialogContentProps {
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  className?: string;
  children: ReactNode;
}

export function DialogContent({ title, description, className, children }: DialogContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 bg-[light-dark(oklch(0.22_0.014_262/.28),oklch(0_0_0/.55))]" />
      <Radix.Content
        {...(description ? {} : { "aria-describedby": undefined })}
        className={cn(
          "fixed top-[18vh] left-1/2 z-40 max-h-[72dvh] w-[calc(100vw-24px)] max-w-md -translate-x-1/2 overflow-y-auto rounded-4 bg-raised p-4 shadow-2 focus-visible:outline-none max-desk:top-auto max-desk:bottom-0 max-desk:w-full max-desk:max-w-none max-desk:rounded-b-none",
          className,
        )}
      >
        <div className="flex items-start justify-between gap-3 pb-3">
          <div className="min-w-0">
            <Radix.Title className="text-16 font-head tracking-title">{title}</Radix.Title>
            {description && <Radix.Description className="pt-0.5 text-ink-2">{description}</Radix.Description>}
          </div>
          <Radix.Close asChild>
            <Button look="quiet" icon aria-label="Close" className="-mt-1 -mr-1.5">
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </div>
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}

/** The buttons that end a dialog, the main one last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2 pt-4">{children}</div>;
}
