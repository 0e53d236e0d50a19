import * as z from "zod";
import { eventTypes } from "../event/message";
import { eventFilter } from "./filter";

/** The part shared by everything that picks events: a name, a type, and filters on the same event. */
export const eventMatchShape = {
  event: z.string().min(1).max(1_000).optional(),
  type: z.enum(eventTypes).optional(),
  where: z.array(eventFilter).max(50).optional(),
};
