"use client";

import type { DraftAggregate } from "@/client/audience-draft/draft";
import { type AggregateOperator, aggregateOperators } from "@/core/audience/definition";
import { Select } from "../ui/input";
import { Editor } from "./editor";
import { NumberField } from "./number-field";
import type { Opened } from "./word-popover";

interface AggregateEditorProps {
  opened: Opened;
  words: Record<AggregateOperator, string>;
  aggregate: DraftAggregate;
  onChange: (aggregate: DraftAggregate) => void;
}

/** How a figure compares, and the number that it is compared with. */
export function AggregateEditor({ opened, words, aggregate, onChange }: AggregateEditorProps) {
  return (
    <Editor opened={opened}>
      <div className="flex items-center gap-2">
        <Select
          aria-label="Comparison"
          value={aggregate.op}
          onChange={(event) => {
            const op = aggregateOperators.find((known) => known === event.target.value);
            if (op) onChange({ ...aggregate, op });
          }}
          className="w-auto"
        >
          {aggregateOperators.map((op) => (
            <option key={op} value={op}>
              {words[op]}
            </option>
          ))}
        </Select>
        <NumberField
          label="Number"
          value={aggregate.value}
          first
          onChange={(value) => onChange({ ...aggregate, value: value === "" ? null : value })}
        />
      </div>
    </Editor>
  );
}
