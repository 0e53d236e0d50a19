"use client";

import { operandFor } from "@/core/audience/describe/operator-words";
import type { Operator } from "@/core/audience/filter";
import { duration as durationSchema } from "@/core/duration";
import { Input } from "../ui/input";
import { AmountFields } from "./amount-fields";
import { Editor } from "./editor";
import { MomentField } from "./moment-field";
import { NumberField } from "./number-field";
import type { Opened } from "./word-popover";

interface ValueEditorProps {
  opened: Opened;
  op: Operator;
  value: unknown;
  timeZone: string;
  onChange: (value: unknown) => void;
}

const suffixes: Partial<Record<Operator, string>> = { more_than_ago: "ago", more_than_from_now: "from now" };

/** Fields for values that are entered rather than picked: text, numbers, dates, lengths of time. */
export function ValueEditor({ opened, op, value, timeZone, onChange }: ValueEditorProps) {
  return (
    <Editor opened={opened}>
      <div className="flex flex-wrap items-center gap-2">
        <Fields op={op} value={value} timeZone={timeZone} onChange={onChange} />
        {suffixes[op] && <span className="text-ink-2">{suffixes[op]}</span>}
      </div>
    </Editor>
  );
}

function Fields({ op, value, timeZone, onChange }: Omit<ValueEditorProps, "opened">) {
  switch (operandFor(op)) {
    case "number":
      return <NumberField label="Value" value={value} onChange={onChange} />;
    case "range": {
      const [low, high]: unknown[] = Array.isArray(value) ? value : [null, null];
      return (
        <>
          <NumberField label="Lowest" value={low} onChange={(next) => onChange([next, high])} />
          <span className="text-ink-2">and</span>
          <NumberField label="Highest" value={high} onChange={(next) => onChange([low, next])} />
        </>
      );
    }
    case "moment":
      return (
        <MomentField
          label="Moment"
          value={typeof value === "number" || typeof value === "string" ? value : ""}
          timeZone={timeZone}
          onChange={onChange}
        />
      );
    case "duration": {
      const parsed = durationSchema.safeParse(value);
      return (
        <AmountFields
          label="Time"
          value={parsed.success ? parsed.data : { amount: 7, unit: "day" }}
          focusFirst
          onChange={onChange}
        />
      );
    }
    default:
      return (
        <Input
          aria-label="Text"
          defaultValue={typeof value === "string" ? value : ""}
          onFocus={(event) => event.target.select()}
          onChange={(event) => onChange(event.target.value)}
          className="w-full"
        />
      );
  }
}
