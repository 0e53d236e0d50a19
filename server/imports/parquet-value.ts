/**
 * A value of a Parquet file as JSON has it: dates in ISO 8601, whole numbers past 2^53 as the text of their digits, which
 * counts as that number wherever one is asked for. What is no value (null, not a number) is undefined.
 */
export function jsonOfParquet(value: unknown): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : undefined;
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
    case "object":
      return jsonOfObject(value);
    default:
      return undefined;
  }
}

function jsonOfObject(value: object | null): unknown {
  if (value === null) return undefined;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("utf8");
  if (Array.isArray(value)) return value.map((element) => jsonOfParquet(element) ?? null);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const json = jsonOfParquet(inner);
      return json === undefined ? [] : [[key, json]];
    }),
  );
}
