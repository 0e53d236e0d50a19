import { parse } from "csv-parse/sync";
import type { Person } from "@/core/api/shared";
import { AppError } from "@/core/errors";

/** The names in a `columns` parameter: separated by commas, a name with a comma quoted as in CSV. Errors: `invalid`. */
export function parseColumns(columns: string): string[] {
  const [names = [], ...more] = parseLine(columns);
  if (names.length === 0 || more.length > 0 || names.some((name) => name === "")) {
    throw new AppError("invalid", "Give the names of columns, separated by commas.", "columns");
  }
  return names;
}

function parseLine(line: string): string[][] {
  try {
    return parse(line, { relax_quotes: false });
  } catch (error) {
    throw new AppError("invalid", "A quote in this list of columns is not closed.", "columns", { cause: error });
  }
}

/** The value of a column for a person: an identifier, or a trait by its name or its path. */
export function columnValue(person: Person, column: string): unknown {
  switch (column) {
    case "profileId":
      return person.id;
    case "userId":
      return person.userId;
    case "anonymousIds":
      return person.anonymousIds;
    case "email":
      return person.email;
    default:
      return traitAt(person.traits, column);
  }
}

/** The trait of that very name if there is one, else what its dots lead to through objects. */
function traitAt(traits: object, path: string): unknown {
  if (Object.hasOwn(traits, path)) return Reflect.get(traits, path);
  return path.split(".").reduce<unknown>((value, key) => {
    const inner = typeof value === "object" && value !== null && !Array.isArray(value);
    return inner && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  }, traits);
}

/** The traits that must be read for these columns. */
export function traitsFor(columns: readonly string[]): string[] {
  return [...new Set(columns.flatMap((column) => [column, column.split(".", 1).join()]))];
}
