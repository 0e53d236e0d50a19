"use client";

import { useQuery } from "@tanstack/react-query";
import { sourcesQuery } from "@/client/queries/sources";
import { Select } from "../ui/input";

interface SourceFilterProps {
  /** "" for all of them. */
  value: string;
  onChange: (id: string) => void;
  className?: string;
}

/** Narrows what is shown down to one source. */
export function SourceFilter({ value, onChange, className = "w-48" }: SourceFilterProps) {
  const sources = useQuery(sourcesQuery).data ?? [];
  return (
    <Select aria-label="Source" className={className} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">All sources</option>
      {sources.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}
