/** The column of the ids of people's accounts. Names that begin with `$` are ours, as those of reserved traits are. */
export const accountColumn = "$account";
const prefix = `${accountColumn}.`;

/** The column of a trait of people's accounts. */
export function accountTraitColumn(trait: string): string {
  return prefix + trait;
}

/** The name or the path of an account's trait that a column is of; undefined for other columns. */
export function accountTraitOf(column: string): string | undefined {
  return column.startsWith(prefix) && column.length > prefix.length ? column.slice(prefix.length) : undefined;
}

/** Of one account the value itself; of several the list of theirs, null where one has none. */
export function accountsCell(values: readonly unknown[]): unknown {
  return values.length > 1 ? values.map((value) => value ?? null) : values[0];
}
