import * as z from "zod";
import { endpoint } from "./endpoint";

/** A request with this header can be asked how far it has come, under what the header says. */
export const progressHeader = "x-progress";
export const progressName = z
  .string()
  .regex(/^(?=.*[a-z])[\w-]{8,64}$/i, "must be 8 to 64 letters, digits, - or _, with a letter among them");

export const getProgress = endpoint({
  method: "GET",
  path: "/api/progress/:id",
  summary: "How far a request that is running has come: the one that was sent with this id in its header X-Progress",
  params: z.strictObject({ id: progressName }),
  answer: z.strictObject({
    /** Of what it goes through, from 0 to 1; null where no such request is running. */
    share: z.number().min(0).max(1).nullable(),
  }),
});
