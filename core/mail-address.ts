import * as z from "zod";

/** What a mail server is asked for: no display name, and nothing that could end a header or start another address. */
export const mailAddress = z
  .string()
  .trim()
  .max(254, "is too long for an email address")
  .regex(
    /^[^\s<>@"(),:;[\]\\\p{Cc}]+@[^\s<>@"(),:;[\]\\\p{Cc}]+$/u,
    "must be an email address such as anna@example.com",
  );
