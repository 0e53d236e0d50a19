import type { ReactNode } from "react";

interface NextCardProps {
  /** The thing to do or to know, in one sentence. */
  title: string;
  children: ReactNode;
  actions: ReactNode;
}

/** The one suggestion of a screen. */
export function NextCard({ title, children, actions }: NextCardProps) {
  return (
    <section
      aria-label="Next thing to do"
      className="mb-5 grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-3 rounded-4 border border-line bg-surface px-4 py-3 max-desk:grid-cols-1"
    >
      <div>
        <h2 className="text-14 leading-5 font-head">
          <span className="pr-2 font-text text-ink-3">Next</span>
          {title}
        </h2>
        <p className="text-ink-2">{children}</p>
      </div>
      <div className="flex flex-wrap gap-2">{actions}</div>
    </section>
  );
}

/** Keeps what is below in its place until the suggestion is there. */
export function NextCardRoom() {
  return <div className="mb-5 h-[66px] rounded-4 border border-line bg-surface max-desk:h-[150px]" />;
}
