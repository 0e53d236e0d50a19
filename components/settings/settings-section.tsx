import type { ReactNode } from "react";

interface SettingsSectionProps {
  title: string;
  /** What it is for, in a sentence. */
  lead: ReactNode;
  children: ReactNode;
}

/** A part of the settings: what it is at the left, what can be set at the right. */
export function SettingsSection({ title, lead, children }: SettingsSectionProps) {
  return (
    <section
      aria-label={title}
      className="grid grid-cols-[200px_minmax(0,1fr)] gap-x-8 gap-y-3 border-t border-line py-5 first:border-t-0 first:pt-1 max-desk:grid-cols-1"
    >
      <div>
        <h2 className="font-head">{title}</h2>
        <p className="pt-0.5 text-12 text-ink-3">{lead}</p>
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
