import * as z from "zod";

/** What an entry says of somebody who was deleted. */
export const keptIdentifiers = z.object({
  userId: z.string().nullable(),
  anonymousIds: z.array(z.string()),
  email: z.string().nullable(),
});
export type KeptIdentifiers = z.infer<typeof keptIdentifiers>;
