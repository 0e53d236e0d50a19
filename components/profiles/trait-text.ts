/** A trait or property as one line of text; "" for one that is not there. */
export function traitText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
