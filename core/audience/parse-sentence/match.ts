import { readFilters } from "./comparison";
import type { Reader } from "./reader";

/** `"Account Created"`, `page "Pricing"`, `any screen`. */
export function readMatch(reader: Reader): { event?: string; type?: string } {
  if (reader.takes("any event")) return {};
  if (reader.takes("any tracked event")) return { type: "track" };
  if (reader.takes("any page")) return { type: "page" };
  if (reader.takes("any screen")) return { type: "screen" };
  if (reader.takes("page")) return { type: "page", event: reader.name("a page") };
  if (reader.takes("screen")) return { type: "screen", event: reader.name("a screen") };
  return { event: reader.name("an event") };
}

/** Filters of a `where`, if one comes next. */
export function readWhere(reader: Reader): { where?: unknown[] } {
  return reader.takes("where") ? { where: readFilters(reader) } : {};
}
