"use client";

import { isAbsence } from "@/client/audience-draft/draft";
import type { EventCount } from "@/core/audience/definition";
import { Input, Select } from "../ui/input";
import { Editor } from "./editor";
import type { Opened } from "./word-popover";

interface CountEditorProps {
  opened: Opened;
  count: EventCount;
  onChange: (count: EventCount) => void;
}

const never: EventCount = { op: "exactly", value: 0 };

/** How many times: at least, exactly, at most so many, or never. */
export function CountEditor({ opened, count, onChange }: CountEditorProps) {
  const chosen = isAbsence(count) ? "never" : count.op;
  return (
    <Editor opened={opened}>
      <div className="flex items-center gap-2">
        <Select
          aria-label="How often"
          value={chosen}
          onChange={(event) => onChange(countOf(event.target.value, count.value))}
          className="w-auto"
        >
          <option value="at_least">at least</option>
          <option value="exactly">exactly</option>
          <option value="at_most">at most</option>
          <option value="never">never</option>
        </Select>
        {chosen !== "never" && (
          <>
            <Input
              aria-label="Number of times"
              inputMode="numeric"
              data-first
              defaultValue={String(count.value)}
              onFocus={(event) => event.target.select()}
              onChange={(event) => {
                const text = event.target.value.trim();
                if (/^\d{1,9}$/.test(text)) onChange({ ...count, value: Number(text) });
              }}
              className="w-20"
            />
            <span className="text-ink-2">times</span>
          </>
        )}
      </div>
      {count.op === "at_most" && <p className="pt-2 text-12 text-ink-3">People who never did it are in as well.</p>}
    </Editor>
  );
}

function countOf(op: string, value: number): EventCount {
  const some = Math.max(1, value);
  if (op === "at_least" || op === "exactly" || op === "at_most") return { op, value: some };
  return never;
}
