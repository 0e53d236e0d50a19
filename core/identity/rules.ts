import * as z from "zod";

const most = z.int().min(1).max(100_000).nullable();

/**
 * What identifies people in a workspace, beside userId and anonymousId. Rules hold for what comes in from then on; joins
 * that were made stay until they are undone.
 */
export const identityRules = z.strictObject({
  /** Texts that identify nobody, compared without regard to case: what sends one as an id has sent none. */
  blocked: z.array(z.string().trim().min(1).max(1_000)).max(500),
  /** Whether the email of an identify (traits.email, context.traits.email) identifies its person. */
  email: z.boolean(),
  /** Types of `context.externalIds` that identify a person. */
  external: z
    .array(
      z
        .string()
        .regex(/^[A-Za-z0-9_.-]{1,100}$/, "must be a type of context.externalIds: letters, digits, dots, dashes")
        .refine((type) => type !== "email", "is a rule of its own"),
    )
    .max(20),
  /** Most identifiers of a kind that messages may give to one person; null for any number. */
  limits: z.strictObject({ anonymous: most, email: most, external: most }),
});
export type IdentityRules = z.infer<typeof identityRules>;

export const defaultIdentityRules: IdentityRules = {
  // What programs write where an id is missing. A word or a number that could be somebody's id, such as 0, is not among them.
  blocked: ["anonymous", "null", "undefined", "nan", "00000000-0000-0000-0000-000000000000", "[object object]"],
  email: false,
  external: [],
  limits: { anonymous: null, email: null, external: null },
};
