import * as z from "zod";

const jsonObject = z.record(z.string(), z.unknown());

/** Options with the audience's key and name in the place of `{{key}}` and `{{name}}`, in every text of them. */
export function filledOptions(options: unknown, audience: { key: string; name: string }): Record<string, unknown> {
  const filled = (value: unknown): unknown => {
    if (typeof value === "string") {
      return value.replaceAll("{{key}}", () => audience.key).replaceAll("{{name}}", () => audience.name);
    }
    if (Array.isArray(value)) return value.map(filled);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner)]));
  };
  return jsonObject.parse(filled(options));
}
