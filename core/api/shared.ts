import * as z from "zod";
import { errorStatus } from "../errors";

/** ISO 8601 UTC with milliseconds. */
export const timestamp = z.string().meta({ format: "date-time" });
/** A moment given by a caller; answered with `invalid` when it is not a date. */
export const asOf = z.iso.datetime({
  offset: true,
  error: "must be an ISO 8601 time with an offset, such as 2026-11-23T14:32:07.000Z",
});

export const idParams = z.strictObject({ id: z.string().min(1).max(100) });

export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1_000).optional(),
  cursor: z.string().max(500).optional(),
});

/** A page of a list; `nextCursor` is null on the last. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const jsonObject = z.record(z.string(), z.unknown());

export const errorAnswer = z.strictObject({
  error: z.strictObject({
    code: z.enum(Object.keys(errorStatus) as [keyof typeof errorStatus]),
    message: z.string(),
    path: z.string().optional(),
  }),
});

/** A part of a sentence, for setting names apart; spaces are phrases of their own. */
export const phrase = z.strictObject({
  role: z.enum(["words", "absence", "name", "value", "moment"]),
  text: z.string(),
});

/** A person as shown in lists. `id` is the profile's. */
export const person = z.strictObject({
  id: z.string(),
  userId: z.string().nullable(),
  anonymousIds: z.array(z.string()),
  email: z.string().nullable(),
  traits: jsonObject,
});
export type Person = z.infer<typeof person>;
