import * as z from "zod";

const property = z.object({
  type: z.enum(["string", "boolean", "integer", "number", "object"]),
  title: z.string().optional(),
  description: z.string().optional(),
  placeholder: z.string().optional(),
  secret: z.boolean().optional(),
  long: z.boolean().optional(),
  enum: z.array(z.string()).optional(),
  default: z.unknown().optional(),
});
const objectSchema = z.object({
  properties: z.record(z.string(), property).default({}),
  required: z.array(z.string()).default([]),
});

export interface FormField {
  readonly name: string;
  readonly title: string;
  readonly hint: string | undefined;
  readonly placeholder: string | undefined;
  readonly kind: "text" | "secret" | "long" | "number" | "switch" | "choice" | "pairs";
  /** Of a choice. */
  readonly choices: readonly string[];
  readonly isRequired: boolean;
  /** As text, as a form holds it; of a switch "true" or "false". */
  readonly usual: string;
}

export type FormValues = Readonly<Record<string, string>>;

function kindOf({ type, secret, long, enum: choices }: z.infer<typeof property>): FormField["kind"] {
  if (secret) return "secret";
  if (type === "boolean") return "switch";
  if (type === "integer" || type === "number") return "number";
  if (type === "object") return "pairs";
  if (choices) return "choice";
  return long ? "long" : "text";
}

/** The fields of a form for what a tool asks for, in its order. */
export function fieldsOf(schema: z.ZodType): FormField[] {
  const { properties, required } = objectSchema.parse(z.toJSONSchema(schema, { io: "input" }));
  return Object.entries(properties).map(([name, one]) => ({
    name,
    title: one.title ?? name,
    hint: one.description,
    placeholder: one.placeholder,
    kind: kindOf(one),
    choices: one.enum ?? [],
    isRequired: required.includes(name),
    usual: textOf(one.default),
  }));
}

/** `Name: value`, a line each. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "object") return String(value);
  return Object.entries(value)
    .map(([name, one]) => `${name}: ${String(one)}`)
    .join("\n");
}

/** What a form begins with: what is kept, else what is usual. Secrets begin empty. */
export function valuesOf(fields: readonly FormField[], kept: Readonly<Record<string, unknown>> = {}): FormValues {
  return Object.fromEntries(
    fields.map(({ name, kind, usual }) => [
      name,
      kind === "secret" || kept[name] === undefined ? usual : textOf(kept[name]),
    ]),
  );
}

function readField({ kind }: FormField, text: string): unknown {
  switch (kind) {
    case "switch":
      return text === "true";
    case "number":
      return text.trim() === "" ? undefined : Number(text);
    case "pairs":
      return Object.fromEntries(
        text
          .split("\n")
          .filter((line) => line.trim() !== "")
          .map((line) => {
            const colon = line.indexOf(":");
            return colon === -1 ? [line.trim(), ""] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
          }),
      );
    default:
      return text;
  }
}

/** What a form says, as the API takes it. Secrets that were left empty are left out. */
export function settingsOf(fields: readonly FormField[], values: FormValues): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const text = values[field.name] ?? "";
      return field.kind === "secret" && text === "" ? [] : [[field.name, readField(field, text)]];
    }),
  );
}
