"use client";

import { type ReactNode, useState } from "react";
import { minuteWords } from "@/core/alerts/words";
import { Field } from "../ui/field";
import { Input, Select } from "../ui/input";
import { WordBox, WordForm } from "./word-box";

interface NumberWordProps {
  wordId: string;
  label: ReactNode;
  title: string;
  value: number;
  min: number;
  max: number;
  /** Fractions are taken as well. */
  decimal?: boolean;
  hint?: string;
  onChange: (value: number) => void;
}

/** A word that is a number. */
export function NumberWord({ wordId, label, title, hint, ...field }: NumberWordProps) {
  return (
    <WordBox wordId={wordId} label={label} title={title}>
      {(close) => (
        <WordForm close={close}>
          <NumberField title={title} hint={hint} {...field} />
        </WordForm>
      )}
    </WordBox>
  );
}

type NumberFieldProps = Pick<NumberWordProps, "title" | "value" | "min" | "max" | "decimal" | "hint" | "onChange">;

/** Takes what is a number within its bounds, and says why it does not take another one. */
function NumberField({ title, value, min, max, decimal = false, hint, onChange }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  const taken = numberIn(text, decimal);
  const isTaken = taken !== undefined && taken >= min && taken <= max;
  return (
    <Field
      label={title}
      hint={hint}
      error={!isTaken && `From ${min.toLocaleString("en-US")} to ${max.toLocaleString("en-US")}.`}
    >
      <Input
        inputMode={decimal ? "decimal" : "numeric"}
        value={text}
        onFocus={(event) => event.target.select()}
        onChange={({ target }) => {
          setText(target.value);
          const next = numberIn(target.value, decimal);
          if (next !== undefined && next >= min && next <= max) onChange(next);
        }}
      />
    </Field>
  );
}

function numberIn(text: string, decimal: boolean): number | undefined {
  const plain = text.trim().replaceAll(",", "");
  return (decimal ? /^\d+(\.\d+)?$/ : /^\d+$/).test(plain) ? Number(plain) : undefined;
}

const units = [
  ["minutes", 1],
  ["hours", 60],
  ["days", 1_440],
] as const;

interface SpanWordProps {
  wordId: string;
  title: string;
  minutes: number;
  /** In minutes. */
  max: number;
  /** The smallest unit that is taken. */
  unit: "minutes" | "hours";
  onChange: (minutes: number) => void;
}

/** A word that is a length of time. */
export function SpanWord({ wordId, title, minutes, max, unit, onChange }: SpanWordProps) {
  const offered = units.slice(units.findIndex(([name]) => name === unit));
  const [size, setSize] = useState<number>(
    () => [...offered].reverse().find(([, one]) => minutes % one === 0)?.[1] ?? 1,
  );
  return (
    <WordBox wordId={wordId} label={minuteWords(minutes)} title={title}>
      {(close) => (
        <WordForm close={close}>
          <div className="grid grid-cols-2 items-start gap-2">
            <NumberField
              key={size}
              title={title}
              value={Math.max(1, Math.round(minutes / size))}
              min={1}
              max={Math.floor(max / size)}
              onChange={(amount) => onChange(amount * size)}
            />
            <Field label="Unit">
              <Select
                value={size}
                onChange={({ target }) => {
                  const next = Number(target.value);
                  setSize(next);
                  onChange(Math.min(Math.floor(max / next), Math.max(1, Math.round(minutes / size))) * next);
                }}
              >
                {offered.map(([name, one]) => (
                  <option key={name} value={one}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
        </WordForm>
      )}
    </WordBox>
  );
}
