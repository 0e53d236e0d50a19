import * as z from "zod";

/** What a person can be named by in a tool. */
export const identifierKinds = ["userId", "email", "anonymousId", "profileId"] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

const fieldName = z.string().trim().min(1).max(200);

/** Which trait of a person goes into which field of the tool; `from` may lead into objects by dots. */
export const fieldMapping = z.array(z.strictObject({ from: fieldName, to: fieldName })).max(100);
export type FieldMapping = z.infer<typeof fieldMapping>;

/** How a field of a form is drawn where its schema alone does not say it. */
export interface FieldHints {
  title: string;
  description?: string;
  placeholder?: string;
  /** Encrypted where it is kept, and never shown again. */
  secret?: true;
  /** Drawn in several lines. */
  long?: true;
}

/** A field of settings that is kept encrypted and is never shown again. */
export function secretField(hints: Omit<FieldHints, "secret">) {
  return z
    .string()
    .min(1)
    .max(20_000)
    .meta({ ...hints, secret: true });
}

/** A field of settings with what a form says of it. */
export function field<Schema extends z.ZodType>(schema: Schema, hints: Omit<FieldHints, "secret">): Schema {
  return schema.meta({ ...hints });
}

/**
 * A tool that people are sent to, as far as the browser must know it too: the form, the API's check and the documentation
 * derive from `settings` and `options`. What speaks to the tool is in server/destinations/<id>.
 */
export interface Tool<
  Settings extends z.ZodObject<z.ZodRawShape> = z.ZodObject<z.ZodRawShape>,
  Options extends z.ZodObject<z.ZodRawShape> = z.ZodObject<z.ZodRawShape>,
> {
  /** The name of its folder and its file: `customer-io`. */
  readonly id: string;
  readonly name: string;
  /** A sentence: what arrives there. */
  readonly description: string;
  /** Of the connection: where the tool is and what opens it. Secret fields are `secretField`. */
  readonly settings: Settings;
  /**
   * Of one sync: how membership is expressed (which attribute, which list). All fields have defaults that hold without
   * anybody's choice; text may hold `{{key}}` and `{{name}}`, which stand for the audience's.
   */
  readonly options: Options;
  /** What may name a person there; the first one is taken unless somebody chooses. */
  readonly identifiers: readonly [IdentifierKind, ...IdentifierKind[]];
  /** Traits that are sent unless somebody chooses: those of them that a person has. */
  readonly mapping: FieldMapping;
  /** People of one request at most. */
  readonly batchSize: number;
  /** Requests per second at most, under the tool's own limit. */
  readonly requestsPerSecond: number;
  /** It can be sent events as they happen, besides people. */
  readonly takesEvents: boolean;
  /** It can be given files of who is in an audience, on a schedule. */
  readonly takesFiles?: true;
  /** It can be asked whom it has, so that both sides can be compared. */
  readonly canBeAsked: boolean;
}

/** Names of the fields of `settings` that are kept encrypted. */
export function secretNames(tool: Pick<Tool, "settings">): string[] {
  return Object.entries(tool.settings.shape)
    .filter(([, schema]) => z.globalRegistry.get(schema)?.secret === true)
    .map(([name]) => name);
}
