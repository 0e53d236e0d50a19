import { Input } from "../ui/input";

interface NumberFieldProps {
  label: string;
  value: unknown;
  /** Gets the focus when the form opens. */
  first?: boolean;
  /** The number; the text itself while it is none, which leaves the row unfinished. */
  onChange: (value: number | string) => void;
}

export function NumberField({ label, value, first = false, onChange }: NumberFieldProps) {
  return (
    <Input
      aria-label={label}
      inputMode="decimal"
      data-first={first || undefined}
      defaultValue={value === null || value === undefined ? "" : String(value)}
      onFocus={(event) => event.target.select()}
      onChange={(event) => onChange(numberIn(event.target.value))}
      className="w-28"
    />
  );
}

function numberIn(text: string): number | string {
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : text;
}
