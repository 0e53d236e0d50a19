interface JsonViewProps {
  title: string;
  /** Anything of JSON, or text that is none. */
  value: unknown;
}

/** A value as it is written in JSON, indented, scrolling inside itself. */
export function JsonView({ title, value }: JsonViewProps) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <section aria-label={title} className="min-w-0">
      <p className="pb-1 text-12 text-ink-3">{title}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="max-h-96 overflow-auto rounded-3 bg-raised p-2.5 font-mono text-12 leading-[18px]">
        {text}
      </pre>
    </section>
  );
}
