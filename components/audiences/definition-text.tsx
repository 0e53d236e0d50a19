"use client";

import { useQuery } from "@tanstack/react-query";
import { audienceNamesQuery } from "@/client/queries/audiences";
import { useTimeZone } from "@/client/queries/workspace";
import type { AudienceDefinition } from "@/core/audience/definition";
import { type DefinitionLine, definitionLines } from "@/core/audience/describe/definition-lines";
import { PhraseText } from "../definition-text/phrase-text";

interface DefinitionTextProps {
  definition: AudienceDefinition;
  /** Tells it from others on the page. */
  label?: string;
}

/** What an audience means, in the sentences in which it was composed. */
export function DefinitionText({ definition, label = "Definition" }: DefinitionTextProps) {
  const timeZone = useTimeZone();
  const audiences = useQuery(audienceNamesQuery).data ?? [];
  const lines = definitionLines(definition.root, {
    timeZone,
    audienceName: (id) => audiences.find((audience) => audience.id === id)?.name,
  });
  return (
    <section aria-label={label} className="max-w-[90ch] pb-6 text-14 text-ink-2">
      <ul>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
          <Line key={index} line={line} />
        ))}
      </ul>
      <p className="pt-1 pl-12 text-13 text-ink-3">
        {definition.includeAnonymous
          ? "Anonymous visitors are counted too."
          : "Known people; anonymous visitors left out."}
      </p>
    </section>
  );
}

function Line({ line }: { line: DefinitionLine }) {
  return (
    <li className="flex gap-3">
      <span className="w-9 flex-none text-right text-13 leading-6 text-ink-3">{line.depth === 0 && line.joiner}</span>
      <span className="flex min-w-0 gap-2.5">
        {Array.from({ length: line.depth }, (_, depth) => depth).map((depth) => (
          <span key={depth} aria-hidden className="ml-0.5 w-0.5 flex-none bg-line-strong" />
        ))}
        <span>
          {line.depth > 0 && line.joiner && <span className="text-ink-3">{line.joiner} </span>}
          {line.phrases.map((phrase, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a phrase has no identity but its place
            <PhraseText key={index} phrase={phrase} />
          ))}
        </span>
      </span>
    </li>
  );
}
