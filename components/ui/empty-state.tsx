import type { ReactNode } from "react";
import { cn } from "./class-names";

interface EmptyStateProps {
  title: string;
  /** What would be here and why it matters, with a real number where there is one. */
  children: ReactNode;
  /** One primary action, at most one more beside it. */
  actions?: ReactNode;
  className?: string;
}

export function EmptyState({ title, children, actions, className }: EmptyStateProps) {
  return (
    <section className={cn("rounded-4 border border-dashed border-line-strong p-5", className)}>
      <h2 className="font-head">{title}</h2>
      <div className="max-w-[52ch] pt-0.5 text-ink-2">{children}</div>
      {actions && <div className="flex flex-wrap items-center gap-2 pt-3">{actions}</div>}
    </section>
  );
}
