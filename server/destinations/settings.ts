import * as z from "zod";
import { type FieldMapping, type IdentifierKind, secretNames, type Tool } from "../../core/destinations/tool";
import { AppError } from "../../core/errors";
import { parseInput } from "../../core/parse-input";

/** Settings of a tool in two: what may be shown, and what is kept encrypted. */
export interface SplitSettings {
  readonly open: Record<string, unknown>;
  readonly secret: Record<string, string>;
}

/**
 * Settings as a tool takes them. Secrets that are left out are those of `kept`. Errors: `invalid` with the path from `settings` on.
 */
export function readSettings(tool: Tool, given: object, kept: Readonly<Record<string, string>> = {}): SplitSettings {
  const names = new Set(secretNames(tool));
  const whole = { ...kept, ...given };
  const { settings } = parseInput(z.strictObject({ settings: tool.settings }), { settings: whole }, "The body");
  const entries = Object.entries(settings);
  return {
    open: Object.fromEntries(entries.filter(([name]) => !names.has(name))),
    secret: z
      .record(z.string(), z.string())
      .parse(Object.fromEntries(entries.filter(([name, value]) => names.has(name) && value !== undefined))),
  };
}

/** Errors: `invalid` for a way of naming people that the tool does not know. */
export function readIdentifier(tool: Tool, chosen: IdentifierKind | undefined): IdentifierKind {
  if (chosen === undefined) return tool.identifiers[0];
  if (tool.identifiers.includes(chosen)) return chosen;
  const known = tool.identifiers.join(", ");
  throw new AppError("invalid", `${tool.name} knows people by ${known}.`, "identifier");
}

/** Errors: `invalid` where two traits would go into one field. */
export function readMapping(tool: Tool, chosen: FieldMapping | undefined): FieldMapping {
  const mapping = chosen ?? [...tool.mapping];
  mapping.forEach(({ to }, index) => {
    if (mapping.findIndex((other) => other.to === to) !== index) {
      throw new AppError("invalid", `Two traits go into the field ${to}.`, `mapping[${index}].to`);
    }
  });
  return mapping;
}
