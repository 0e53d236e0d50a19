"use client";

import type { SeenValue } from "@/core/api/catalogue";
import { scalarWords } from "@/core/audience/describe/operator-words";
import { type Scalar, scalar } from "@/core/audience/filter";
import { Picker, type PickerOption } from "./picker";
import type { Opened } from "./word-popover";

interface ValuePickerProps {
  opened: Opened;
  /** Frequent values; undefined while they are loading. */
  values: readonly SeenValue[] | undefined;
  /** Types that have been seen: whether a typed number is one. */
  types: readonly string[];
  value: unknown;
  /** A list of values rather than one. */
  several: boolean;
  onChange: (value: unknown) => void;
}

/** Frequent values with their people, and whatever is typed. */
export function ValuePicker({ opened, values, types, value, several, onChange }: ValuePickerProps) {
  const chosen = several ? (Array.isArray(value) ? value : []) : [value];
  const known = scalarsOf(values, types);
  const extra = chosen.flatMap((item): SeenScalar[] => {
    const parsed = scalar.safeParse(item);
    return parsed.success && !known.some((option) => option.value === parsed.data) ? [{ value: parsed.data }] : [];
  });
  const options = [...extra, ...known].map((item) => ({
    ...optionOf(item.value, item.people),
    checked: several ? chosen.includes(item.value) : undefined,
  }));
  return (
    <Picker
      noun="values"
      options={options}
      loading={values === undefined}
      current={several ? undefined : keyOf(value)}
      typed={(text) => {
        const typed = typedValue(text, types);
        return options.some((option) => option.value === typed)
          ? null
          : { ...optionOf(typed, undefined), kind: typeof typed === "number" ? "number" : "text" };
      }}
      onChoose={(picked) => {
        if (!several) {
          onChange(picked);
          opened.close();
        } else {
          onChange(chosen.includes(picked) ? chosen.filter((item) => item !== picked) : [...chosen, picked]);
        }
      }}
      onLeave={opened.leave}
    />
  );
}

interface SeenScalar {
  value: Scalar;
  people?: number;
}

function keyOf(value: unknown): string {
  return `${typeof value} ${String(value)}`;
}

function optionOf(value: Scalar, people: number | undefined): PickerOption<Scalar> {
  return { key: keyOf(value), value, label: scalarWords(value), people };
}

function scalarsOf(values: readonly SeenValue[] | undefined, types: readonly string[]): SeenScalar[] {
  const seen = (values ?? []).flatMap((item) => {
    const parsed = scalar.safeParse(item.value);
    return parsed.success ? [{ value: parsed.data, people: item.people }] : [];
  });
  const booleans = types.includes("boolean") ? [true, false] : [];
  const missing = booleans.filter((flag) => !seen.some((item) => item.value === flag));
  return [...seen, ...missing.map((flag) => ({ value: flag }))];
}

/** A number where numbers have been seen, or nothing has; text otherwise. */
function typedValue(text: string, types: readonly string[]): Scalar {
  const mayBeNumber = types.includes("number") || types.length === 0;
  return mayBeNumber && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
