"use client";

import { useState } from "react";
import type { Source } from "@/core/api/sources";
import { CodeBlock } from "../ui/code-block";
import { Segmented } from "../ui/segmented";
import { snippets } from "./snippets";

/** Set-up to copy and paste, with this source's key and this Foothold's own address filled in. */
export function SetupSnippets({ source: { kind, writeKey } }: { source: Pick<Source, "kind" | "writeKey"> }) {
  const [chosen, setChosen] = useState<(typeof snippets)[number]["value"]>(kind === "browser" ? "page" : "node");
  const snippet = snippets.find(({ value }) => value === chosen) ?? snippets[0];
  return (
    <section aria-label="Set-up">
      <div className="flex flex-wrap items-center justify-between gap-2 pb-2">
        <h2 className="font-head">Set it up</h2>
        <Segmented label="Sender" value={chosen} options={snippets} onChange={setChosen} />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {snippet.install && <CodeBlock code={snippet.install} label="the installation" />}
        <CodeBlock code={snippet.code({ writeKey, origin: window.location.origin })} label="the code" />
      </div>
      <p className="pt-2 text-12 text-ink-3">
        Every other Segment SDK works as well: give it this host and this write key.
      </p>
    </section>
  );
}
