"use client";

import { Plus, X } from "lucide-react";
import type { FieldMapping } from "@/core/destinations/tool";
import { Button } from "../ui/button";
import { Input } from "../ui/input";

interface MappingEditorProps {
  mapping: FieldMapping;
  onChange: (mapping: FieldMapping) => void;
}

/** Which trait goes into which field of the tool. */
export function MappingEditor({ mapping, onChange }: MappingEditorProps) {
  const set = (index: number, change: Partial<FieldMapping[number]>) =>
    onChange(mapping.map((one, place) => (place === index ? { ...one, ...change } : one)));
  return (
    <fieldset className="grid gap-1.5">
      <legend className="pb-1 text-12 text-ink-2">Fields that are sent with each person</legend>
      {mapping.map(({ from, to }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and are only added at the end
        <div key={index} className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)_auto] items-center gap-2">
          <Input
            aria-label={`Trait ${index + 1}`}
            placeholder="plan"
            value={from}
            onChange={(event) => set(index, { from: event.target.value })}
          />
          <span className="text-12 text-ink-3">as</span>
          <Input
            aria-label={`Field ${index + 1}`}
            placeholder="plan"
            value={to}
            onChange={(event) => set(index, { to: event.target.value })}
          />
          <Button
            look="quiet"
            icon
            aria-label={`Leave out ${from || `trait ${index + 1}`}`}
            onClick={() => onChange(mapping.filter((_, place) => place !== index))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <div>
        <Button look="quiet" className="-ml-2.5" onClick={() => onChange([...mapping, { from: "", to: "" }])}>
          <Plus aria-hidden />
          Add a field
        </Button>
      </div>
    </fieldset>
  );
}
