"use client";

import { Toaster as Sonner, toast } from "sonner";

export function Toaster() {
  return (
    <Sonner
      position="bottom-left"
      offset={{ bottom: "68px", left: "calc(var(--nav-w) + 20px)" }}
      mobileOffset={{ bottom: "72px", left: "12px", right: "12px" }}
      duration={8000}
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex min-h-9 w-fit max-w-full items-center gap-3 rounded-3 bg-ink py-1.5 pr-1.5 pl-3 font-sans text-13 text-on-ink shadow-2",
          title: "pr-1.5",
          actionButton: "h-[26px] shrink-0 rounded-2 px-2 font-word underline underline-offset-3",
        },
      }}
    />
  );
}

/** Says what happened; `undo` takes it back. An error is never told here alone. */
export function notify(message: string, options: { undo?: () => void } = {}): void {
  toast(message, options.undo ? { action: { label: "Undo", onClick: options.undo } } : {});
}

/** Says why something could not be done, for what leaves no place of its own to say it, such as a menu's item. */
export function notifyProblem(message: string): void {
  toast(message, { duration: 20_000, closeButton: true });
}
