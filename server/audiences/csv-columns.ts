import { parse } from "csv-parse/sync";
import type { Person } from "@/core/api/shared";
import { accountColumn, accountsCell, accountTraitOf } from "@/core/audience/account-column";
import { AppError } from "@/core/errors";
import type { OwnAccount } from "@/server/accounts/of-people";

/** The names in a parameter: separated by commas, a name with a comma quoted as in CSV. Errors: `invalid`. */
export function parseColumns(columns: string, parameter = "columns"): string[] {
  const [names = [], ...more] = parseLine(columns, parameter);
  if (names.length === 0 || more.length > 0 || names.some((name) => name === "")) {
    throw new AppError("invalid", "Give the names of columns, separated by commas.", parameter);
  }
  return names;
}

function parseLine(line: string, parameter: string): string[][] {
  try {
    return parse(line, { relax_quotes: false });
  } catch (error) {
    throw new AppError("invalid", "A quote in this list of columns is not closed.", parameter, { cause: error });
  }
}

/**
 * The value of a column for a person: an identifier, a trait by its name or its path, the ids of their accounts, or a trait of these: the
 * value itself where they belong to one account, a list in the order of the ids where to several.
 */
export function columnValue(person: Person, column: string, accounts: readonly OwnAccount[]): unknown {
  const trait = accountTraitOf(column);
  if (trait !== undefined) return accountsCell(accounts.map(({ traits }) => traitAt(traits, trait)));
  switch (column) {
    case accountColumn:
      return accountsCell(accounts.map(({ id }) => id));
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

/** The traits of people that must be read for these columns. */
export function traitsFor(columns: readonly string[]): string[] {
  return [...new Set(columns.flatMap((column) => [column, column.split(".", 1).join()]))];
}

/** The traits of accounts that must be read for these columns; undefined where none asks of accounts. */
export function accountTraitsFor(columns: readonly string[]): string[] | undefined {
  const paths = columns.flatMap((column) => accountTraitOf(column) ?? []);
  return paths.length > 0 || columns.includes(accountColumn) ? traitsFor(paths) : undefined;
}
