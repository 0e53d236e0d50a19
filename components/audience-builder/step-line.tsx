import type { ReactNode } from "react";
import { cn } from "../ui/class-names";

interface StepLineProps {
  number: number;
  /** The step must not have happened. */
  absent?: boolean;
  children: ReactNode;
}

/** A line of a sequence with its number before it. */
export function StepLine({ number, absent = false, children }: StepLineProps) {
  return (
    <span className="block pl-[22px] -indent-[22px]">
      <span
        className={cn(
          "mr-1.5 inline-grid size-4 place-items-center rounded-full border border-line-control align-[1px] indent-0 text-11 text-ink-2",
          absent && "border-dashed",
        )}
      >
        {number}
      </span>
      <span className="indent-0">{children}</span>
    </span>
  );
}
