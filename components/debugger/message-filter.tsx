"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useState } from "react";
import { verdicts } from "@/core/api/debugger";
import { messageTypes } from "@/core/event/message";
import { SourceFilter } from "../sources/source-filter";
import { SearchInput, Select } from "../ui/input";
import { TextLink } from "../ui/text-link";

const verdictChoices = [...verdicts, "violating"] as const;
const verdictLabels: Record<(typeof verdictChoices)[number], string> = {
  accepted: "Accepted",
  duplicate: "Duplicates",
  refused: "Refused",
  blocked: "Held back",
  violating: "Off plan",
};

const address = {
  source: parseAsString,
  event: parseAsString,
  user: parseAsString,
  type: parseAsStringLiteral(messageTypes),
  verdict: parseAsStringLiteral(verdictChoices),
};

/** What is looked for, as the address says it; a link leads to the same. */
export function useMessageFilter() {
  return useQueryStates(address, { history: "replace" });
}

/** Narrows the messages down; text is asked for once Enter is pressed or the field is left. */
export function MessageFilter({ live }: { live: boolean }) {
  const [filter, setFilter] = useMessageFilter();
  const isNarrow = Object.values(filter).some((value) => value !== null);
  return (
    <search aria-label="Messages" className="flex flex-wrap items-center gap-2">
      <SourceFilter
        className="w-40 max-desk:w-[calc(50%-4px)]"
        value={filter.source ?? ""}
        onChange={(id) => void setFilter({ source: id || null })}
      />
      {live && (
        <Select
          aria-label="Verdict"
          className="w-36 max-desk:w-[calc(50%-4px)]"
          value={filter.verdict ?? ""}
          onChange={({ target }) =>
            void setFilter({ verdict: verdictChoices.find((choice) => choice === target.value) ?? null })
          }
        >
          <option value="">All verdicts</option>
          {verdictChoices.map((choice) => (
            <option key={choice} value={choice}>
              {verdictLabels[choice]}
            </option>
          ))}
        </Select>
      )}
      {live && (
        <Select
          aria-label="Call"
          className="w-32 max-desk:w-[calc(50%-4px)]"
          value={filter.type ?? ""}
          onChange={({ target }) =>
            void setFilter({ type: messageTypes.find((choice) => choice === target.value) ?? null })
          }
        >
          <option value="">All calls</option>
          {messageTypes.map((type) => (
            <option key={type} value={type}>
              {type}
            </option>
          ))}
        </Select>
      )}
      <TextFilter label="Event name" value={filter.event} onChange={(event) => void setFilter({ event })} />
      <TextFilter label="User or anonymous id" value={filter.user} onChange={(user) => void setFilter({ user })} />
      {isNarrow && (
        <TextLink onClick={() => void setFilter({ source: null, event: null, user: null, type: null, verdict: null })}>
          Clear
        </TextLink>
      )}
    </search>
  );
}

interface TextFilterProps {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
}

function TextFilter({ label, value, onChange }: TextFilterProps) {
  const [draft, setDraft] = useState({ of: value, text: value ?? "" });
  const text = draft.of === value ? draft.text : (value ?? "");
  const apply = () => onChange(text.trim() || null);
  return (
    <form
      className="w-44 max-desk:w-[calc(50%-4px)]"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <SearchInput
        aria-label={label}
        placeholder={label}
        className="w-full"
        value={text}
        onChange={({ target }) => setDraft({ of: value, text: target.value })}
        onBlur={apply}
      />
    </form>
  );
}
