import { ChevronDown, Search } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

const control =
  "h-ctl w-full min-w-0 rounded-3 border border-line-control bg-surface px-2.5 text-ink aria-invalid:border-out-mark disabled:opacity-60 max-desk:text-16";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cn(control, className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={cn(control, "h-auto min-h-32 resize-y py-2 leading-5", className)} {...rest} />;
}

/** A native select: the platform's own list is the most reachable one. `className` places the whole of it. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return (
    <span className={cn("relative block", className)}>
      <select className={cn(control, "appearance-none pr-7")} {...rest} />
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 !size-3.5 -translate-y-1/2 text-ink-3"
      />
    </span>
  );
}

export function SearchInput({ className, ...rest }: ComponentProps<"input"> & { "aria-label": string }) {
  return (
    <div className={cn("relative w-56 max-w-full", className)}>
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3" />
      <input type="search" className={cn(control, "pl-8 [&::-webkit-search-cancel-button]:hidden")} {...rest} />
    </div>
  );
}
