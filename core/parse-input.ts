import type * as z from "zod";
import { AppError, formatPath } from "./errors";
import { firstFault } from "./narrow-issue";
import { plainWords } from "./plain-words";

/** Parses what a caller sent. Throws `invalid` with the path of the first fault and what is wrong there, in words. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  /** How the message calls the input as a whole. */
  whole: string,
): z.output<Schema> {
  const parsed = schema.safeParse(input, { error: plainWords });
  if (parsed.success) return parsed.data;
  const { path, words } = firstFault(parsed.error.issues);
  throw new AppError("invalid", sentence(path, words, whole), path.length === 0 ? undefined : formatPath(path));
}

function sentence(path: readonly PropertyKey[], words: string, whole: string): string {
  const subject = path.length === 0 ? whole : nameOf(path);
  // A schema's own message may be a whole sentence.
  const isPredicate = /^(must|is|has|have|needs|cannot|may) /.test(words);
  const text = isPredicate ? `${subject} ${words}` : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** The last name of the path, with the positions after it: `conditions[1]`. */
function nameOf(path: readonly PropertyKey[]): string {
  const start = path.findLastIndex((segment) => typeof segment !== "number");
  return formatPath(path.slice(Math.max(0, start)));
}
