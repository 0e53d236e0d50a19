import * as z from "zod";

/** What a schema takes, or what it gives: they differ where it transforms. */
export type Direction = "input" | "output";

/** Describes schemas as JSON Schema; those that core names (`meta({ id })`) are described once and referred to by name. */
export class SchemaComponents {
  readonly schemas: Record<string, unknown> = {};

  describe(schema: z.ZodType, direction: Direction): unknown {
    // What JSON Schema cannot say (a refinement, a transformation) is left open; the server checks it all the same.
    const { $schema, $defs, ...described } = z.toJSONSchema(schema, { io: direction, unrepresentable: "any" });
    for (const [name, definition] of Object.entries($defs ?? {}))
      this.schemas[name] = referringToComponents(definition);
    return referringToComponents(described);
  }
}

function referringToComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referringToComponents);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === "$ref" && typeof inner === "string"
        ? [key, inner.replace("#/$defs/", "#/components/schemas/")]
        : [key, referringToComponents(inner)],
    ),
  );
}
