import { CopyButton } from "./copy-button";

/** Code as it is to be copied. `label` says what it is: "the code". */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="relative rounded-3 bg-sunken">
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto rounded-3 py-2.5 pr-10 pl-3 font-mono text-12 leading-5 text-ink-2"
      >
        <code>{code}</code>
      </pre>
      <CopyButton text={code} label={`Copy ${label}`} className="absolute top-2 right-2 bg-sunken" />
    </div>
  );
}
