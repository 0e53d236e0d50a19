/** A trait or property as one line of text; "" for one that is not there. */
export function traitText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The trait of that very name if there is one, else what its dots lead to through objects. */
export function traitAt(traits: Record<string, unknown>, path: string): unknown {
  if (Object.hasOwn(traits, path)) return traits[path];
  return path.split(".").reduce<unknown>((value, key) => {
    const inner = typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, key);
    return inner ? Reflect.get(value, key) : undefined;
  }, traits);
}
