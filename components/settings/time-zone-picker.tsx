"use client";

import { Check, ChevronDown } from "lucide-react";
import { useId, useMemo, useState } from "react";
import { formatMinute } from "@/client/format";
import { Button } from "../ui/button";
import { Listbox } from "../ui/listbox";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";

interface TimeZonePickerProps {
  value: string;
  onChange: (timeZone: string) => void;
}

/** One of the zones that this browser knows, found by a part of its name; each with its time now. */
export function TimeZonePicker({ value, onChange }: TimeZonePickerProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const zones = useMemo(() => [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])], []);
  return (
    <div className="grid gap-1">
      <span id={id} className="text-12 text-ink-2">
        Time zone
      </span>
      <Popover open={open} onOpenChange={setOpen}>
        <PopoverTrigger asChild>
          <Button
            aria-labelledby={`${id} ${id}-value`}
            className="w-full justify-between border-line-control font-text"
          >
            <span id={`${id}-value`}>{value}</span>
            <ChevronDown aria-hidden className="!size-3.5 text-ink-3" />
          </Button>
        </PopoverTrigger>
        <PopoverContent aria-label="Time zone" className="w-[var(--radix-popover-trigger-width)]">
          <Listbox
            label="Time zones"
            placeholder="Search by city or region"
            options={zones}
            textOf={(zone) => zone.replaceAll("_", " ")}
            selected={value}
            onChoose={(zone) => {
              onChange(zone);
              setOpen(false);
            }}
            render={(zone) => (
              <>
                <span className="truncate">{zone.replaceAll("_", " ")}</span>
                {zone === value && <Check aria-hidden className="!size-3.5 text-accent" />}
                <span className="ml-auto text-12 text-ink-3">{formatMinute(Date.now(), zone)}</span>
              </>
            )}
          />
        </PopoverContent>
      </Popover>
    </div>
  );
}
