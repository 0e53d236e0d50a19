import * as z from "zod";
import { storedValue } from "@/client/stored-value";
import { accountColumn, accountTraitOf } from "@/core/audience/account-column";

const fallback: readonly string[] = ["userId", "email"];
const stored = z.array(z.string().min(1).max(500)).min(1).max(200);

let parsed: { text: string; columns: readonly string[] } | undefined;

function parse(text: string | null): readonly string[] {
  if (text === null) return fallback;
  if (parsed?.text !== text) parsed = { text, columns: parseColumns(text) };
  return parsed.columns;
}

function parseColumns(text: string): readonly string[] {
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    return fallback;
  }
}

/** Columns of members' tables and of their files, in order: userId, email, or the name of a trait. Kept in this browser. */
export const chosenColumns = storedValue<readonly string[]>("foothold.columns", parse, (columns) =>
  columns.length === 0 ? null : JSON.stringify(columns),
);

/** The `columns` of members.csv: names with a comma, quote or line break are quoted as in CSV. */
export function formatColumns(columns: readonly string[]): string {
  return columns.map((name) => (/[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join(",");
}

/** A column as it is called on screen. */
export function columnWords(name: string): string {
  const trait = accountTraitOf(name);
  if (trait !== undefined) return `account’s ${trait}`;
  return name === accountColumn ? "account id" : name;
}
