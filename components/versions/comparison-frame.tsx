"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Select } from "../ui/input";

export interface VersionPair {
  before: number;
  after: number;
}

interface ComparisonFrameProps {
  pair: VersionPair;
  /** The versions that there are. */
  numbers: readonly number[];
  onChange: (pair: VersionPair) => void;
  onClose: () => void;
  children: ReactNode;
}

/** Two versions to choose, and what they come to beside each other. */
export function ComparisonFrame({ pair, numbers, onChange, onClose, children }: ComparisonFrameProps) {
  const choice = (label: string, of: "before" | "after") => (
    <Field label={label} className="w-36 max-desk:w-auto max-desk:min-w-0 max-desk:flex-1">
      <Select value={pair[of]} onChange={(event) => onChange({ ...pair, [of]: Number(event.target.value) })}>
        {numbers.map((number) => (
          <option key={number} value={number}>
            Version {number}
          </option>
        ))}
      </Select>
    </Field>
  );
  return (
    <section aria-label="Comparison" className="mb-6 rounded-4 border border-line-strong p-4">
      <div className="flex flex-wrap items-end gap-3 pb-4">
        {choice("Before", "before")}
        {choice("After", "after")}
        <div className="flex-1 max-desk:hidden" />
        <Button look="quiet" icon aria-label="Close the comparison" onClick={onClose}>
          <X aria-hidden />
        </Button>
      </div>
      {children}
    </section>
  );
}
