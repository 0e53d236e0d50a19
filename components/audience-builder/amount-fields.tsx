import { type Duration, units } from "@/core/duration";
import { Input, Select } from "../ui/input";

const unitNames = { second: "seconds", minute: "minutes", hour: "hours", day: "days", week: "weeks" } as const;

interface AmountFieldsProps {
  /** Said before "amount" and "unit" to those who do not see where the fields stand. */
  label: string;
  value: Duration;
  onChange: (value: Duration) => void;
  focusFirst?: boolean;
}

/** A length of time: how many, of which unit. An amount that is no positive whole number is kept as 0, which is unfinished. */
export function AmountFields({ label, value, onChange, focusFirst = false }: AmountFieldsProps) {
  return (
    <>
      <Input
        aria-label={`${label} amount`}
        inputMode="numeric"
        defaultValue={value.amount > 0 ? String(value.amount) : ""}
        data-first={focusFirst || undefined}
        onFocus={(event) => event.target.select()}
        onChange={(event) => onChange({ ...value, amount: wholeNumber(event.target.value) })}
        className="w-16"
      />
      <Select
        aria-label={`${label} unit`}
        value={value.unit}
        onChange={(event) => {
          const unit = units.find((known) => known === event.target.value);
          if (unit) onChange({ ...value, unit });
        }}
        className="w-auto"
      >
        {units.map((unit) => (
          <option key={unit} value={unit}>
            {unitNames[unit]}
          </option>
        ))}
      </Select>
    </>
  );
}

/** 0 for what is no positive whole number. */
function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
}
