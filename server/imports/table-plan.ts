import { parseInput } from "@/core/parse-input";
import { type TableMapping, tableMapping } from "../../core/api/imports";
import { AppError } from "../../core/errors";

const roles = ["userId", "anonymousId", "event", "timestamp", "messageId"] as const;
type Role = (typeof roles)[number];

/** Where each column of a file goes. */
export interface TablePlan {
  readonly width: number;
  /** Position of the column by its role. */
  readonly at: Partial<Readonly<Record<Role, number>>>;
  /** The name of every row's event, where no column has it. */
  readonly eventName: string | undefined;
  /** Columns that become properties or traits: their names and positions. */
  readonly rest: readonly { readonly name: string; readonly at: number }[];
  /** Whether the rest is of events; else every row is an identify. */
  readonly isEvents: boolean;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The mapping of a query's text. Throws `invalid`. */
export function parseMapping(text: string): TableMapping {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid", "mapping must be JSON.", "mapping", { cause: error });
  }
  const mapping = parseInput(tableMapping, value, "The mapping");
  if (mapping.rest === "traits" && (mapping.event !== undefined || mapping.eventName !== undefined)) {
    throw new AppError(
      "invalid",
      "A row is an event with properties, or says a person's traits: leave out the event, or choose properties.",
      "mapping.rest",
    );
  }
  return mapping;
}

/** The mapping that the names of the columns suggest: those of a message's fields, however they are written. */
function guessMapping(columns: readonly string[]): TableMapping {
  const found: Partial<Record<Role, string>> = {};
  for (const role of roles) {
    const column = columns.find((name) => plain(name) === plain(role));
    if (column !== undefined) found[role] = column;
  }
  if (found.userId === undefined && found.anonymousId === undefined) {
    throw new AppError(
      "invalid",
      "No column is named userId or anonymousId. Say with a mapping which column holds the person's id.",
      "mapping.userId",
    );
  }
  return { ...found, rest: found.event === undefined ? "traits" : "properties" };
}

/**
 * Where each column goes, by the mapping, or by the columns' names without one. Throws `invalid` when the mapping names a
 * column that is not there, or the columns' names are not usable.
 */
export function planColumns(columns: readonly string[], given: TableMapping | null): TablePlan {
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) throw new AppError("invalid", `Two columns are named "${twice}".`);
  const mapping = given ?? guessMapping(columns);
  const at: Partial<Record<Role, number>> = {};
  for (const role of roles) {
    const column = mapping[role];
    if (column === undefined) continue;
    const index = columns.indexOf(column);
    if (index === -1) {
      throw new AppError("invalid", `The file has no column "${column}".`, `mapping.${role}`);
    }
    at[role] = index;
  }
  const taken = new Set([...Object.values(at), ...(mapping.ignore ?? []).map((name) => columns.indexOf(name))]);
  return {
    width: columns.length,
    at,
    eventName: mapping.eventName,
    rest: columns
      .map((name, index) => ({ name, at: index }))
      .filter(({ name, at: index }) => name !== "" && !taken.has(index)),
    isEvents: mapping.rest === "properties",
  };
}
