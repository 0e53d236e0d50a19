import type { FormField, FormValues } from "@/client/destination-fields";
import { Checkbox } from "../ui/checkbox";
import { Field } from "../ui/field";
import { Input, Select, TextArea } from "../ui/input";

interface SchemaFieldsProps {
  fields: readonly FormField[];
  values: FormValues;
  onChange: (name: string, value: string) => void;
  /** Secrets are kept: left empty they stay as they are. */
  isKept?: boolean;
  /** At which field something is wrong, and what. */
  problem?: { name: string; message: string } | undefined;
}

/** A form as a tool's own schema describes it. */
export function SchemaFields({ fields, values, onChange, isKept = false, problem }: SchemaFieldsProps) {
  return fields.map((field) => {
    const { name, title, hint, kind } = field;
    const value = values[name] ?? "";
    if (kind === "switch") {
      return (
        <div key={name}>
          <Checkbox label={title} checked={value === "true"} onChange={(next) => onChange(name, String(next))} />
          {hint && <p className="pl-6 text-12 text-ink-3">{hint}</p>}
        </div>
      );
    }
    return (
      <Field
        key={name}
        label={field.isRequired || kind === "choice" ? title : `${title} (optional)`}
        hint={kind === "pairs" ? `${hint ?? ""} One a line, as Name: value.`.trim() : hint}
        error={problem?.name === name && problem.message}
      >
        <Control field={field} value={value} isKept={isKept} onChange={(next) => onChange(name, next)} />
      </Field>
    );
  });
}

interface ControlProps {
  field: FormField;
  value: string;
  isKept: boolean;
  onChange: (value: string) => void;
}

function Control({ field, value, isKept, onChange, ...aria }: ControlProps) {
  const { kind, choices, placeholder } = field;
  if (kind === "choice") {
    return (
      <Select {...aria} value={value} onChange={(event) => onChange(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </Select>
    );
  }
  if (kind === "long" || kind === "pairs") {
    return (
      <TextArea
        {...aria}
        className="min-h-16 font-mono"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <Input
      {...aria}
      type={kind === "secret" ? "password" : kind === "number" ? "number" : "text"}
      autoComplete={kind === "secret" ? "new-password" : "off"}
      spellCheck={false}
      placeholder={kind === "secret" && isKept ? "Kept; type to replace it" : placeholder}
      required={field.isRequired && !(kind === "secret" && isKept)}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
