import { Temporal } from "temporal-polyfill";
import { dateOf } from "@/core/audience/date";
import { Input } from "../ui/input";

interface MomentFieldProps {
  label: string;
  /** ISO 8601, or "" while none is entered. */
  value: string | number;
  timeZone: string;
  /** Local time of the workspace's zone, without an offset. */
  onChange: (value: string) => void;
}

/** A moment in the workspace's zone, by the browser's own field. */
export function MomentField({ label, value, timeZone, onChange }: MomentFieldProps) {
  return (
    <Input
      type="datetime-local"
      step={60}
      aria-label={label}
      defaultValue={localOf(value, timeZone)}
      onChange={(event) => onChange(event.target.value)}
      className="w-auto"
    />
  );
}

function localOf(value: string | number, timeZone: string): string {
  const instant = dateOf(value, timeZone);
  if (instant === undefined) return "";
  const local = Temporal.Instant.fromEpochMilliseconds(Math.floor(instant)).toZonedDateTimeISO(timeZone);
  return local.toPlainDateTime().toString({ smallestUnit: "minute" });
}
