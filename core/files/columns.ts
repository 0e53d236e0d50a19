import * as z from "zod";

/** The columns of a file of people, in order: as members.csv takes them, none twice. */
export const fileColumns = z
  .array(z.string().min(1).max(500))
  .min(1)
  .max(200)
  .refine((names) => new Set(names).size === names.length, "must not name a column twice");

export const usualColumns: readonly string[] = ["userId", "email"];
