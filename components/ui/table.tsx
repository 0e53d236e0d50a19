import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** Hairlines, quiet heads, figures to the right; wider than its place it scrolls inside itself, with what only a reader of the screen is told. */
export function Table({ label, className, ...rest }: ComponentProps<"table"> & { label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="relative overflow-x-auto">
      <table className={cn("w-full border-collapse", className)} {...rest} />
    </section>
  );
}

interface CellProps {
  /** A figure: to the right, on one line. */
  figure?: boolean;
}

export function Th({ figure = false, className, ...rest }: ComponentProps<"th"> & CellProps) {
  return (
    <th
      scope="col"
      className={cn(
        "pr-3 pb-1.5 text-left align-bottom text-12 font-text whitespace-nowrap text-ink-3 last:pr-0",
        figure && "text-right",
        className,
      )}
      {...rest}
    />
  );
}

export function Tr({ className, ...rest }: ComponentProps<"tr">) {
  return <tr className={cn("group/row transition-colors hover:bg-hover", className)} {...rest} />;
}

export function Td({ figure = false, className, ...rest }: ComponentProps<"td"> & CellProps) {
  return (
    <td
      className={cn(
        "h-row border-t border-line pr-3 last:pr-0",
        figure && "text-right whitespace-nowrap tabular-nums",
        className,
      )}
      {...rest}
    />
  );
}

/** The cell that names its row. */
export function RowHead({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="row"
      className={cn("h-row border-t border-line pr-3 text-left font-text last:pr-0", className)}
      {...rest}
    />
  );
}
