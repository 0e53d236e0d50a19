import { Progress as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { formatShare } from "@/client/format";

interface ProgressProps {
  /** What is going on, for those who do not see the bar. */
  label: string;
  /** Fraction done, 0 to 1; null while it is not known. */
  value: number | null;
  /** Under the bar: done, of how many, time left, Cancel. */
  children?: ReactNode;
}

export function Progress({ label, value, children }: ProgressProps) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div>
      <Radix.Root aria-label={label} value={percent} className="h-[3px] overflow-hidden rounded-full bg-line">
        <Radix.Indicator
          className="block h-full rounded-full bg-accent transition-[width] duration-(--m-slow)"
          style={{ width: `${percent ?? 30}%` }}
        />
      </Radix.Root>
      {children && <div className="pt-1.5 text-12 text-ink-2">{children}</div>}
    </div>
  );
}

/** What stands under the bar of a count that takes long. */
export function doneWords(share: number | null): string {
  return share === null ? "Counting" : `Counting · ${formatShare(Math.floor(share * 100) / 100)}`;
}
