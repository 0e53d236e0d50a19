"use client";

import { type ReactNode, useEffect, useRef } from "react";
import type { Opened } from "./word-popover";

/** The body of a popover that is a small form: every change holds at once; Enter closes, Tab past its end goes to the next word. */
export function Editor({ opened, children }: { opened: Opened; children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const fields = form.current?.querySelectorAll<HTMLElement>("input, select");
    const first = form.current?.querySelector<HTMLElement>("[data-first]") ?? fields?.[0];
    first?.focus();
  }, []);
  return (
    <form
      ref={form}
      className="overflow-y-auto p-3"
      onSubmit={(event) => {
        event.preventDefault();
        opened.close();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Tab" || !(event.target instanceof HTMLElement)) return;
        const fields = [...(form.current?.querySelectorAll<HTMLElement>("input, select, button") ?? [])];
        const edge = event.shiftKey ? fields[0] : fields.at(-1);
        if (event.target !== edge) return;
        event.preventDefault();
        event.stopPropagation();
        opened.leave(event.shiftKey ? -1 : 1);
      }}
    >
      {children}
      <button type="submit" tabIndex={-1} className="sr-only" aria-hidden>
        Done
      </button>
    </form>
  );
}
