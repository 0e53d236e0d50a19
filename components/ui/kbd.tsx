import type { ReactNode } from "react";

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-[18px] rounded-[4px] border border-b-2 border-line-strong px-1 text-center font-sans text-12 text-ink-3">
      {children}
    </kbd>
  );
}
