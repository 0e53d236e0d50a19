import * as z from "zod";
import type { JsonObject, JsonValue } from "./message";

/** Any value of JSON. */
export const jsonValue: z.ZodType<JsonValue> = z.json();
/** An object of JSON. */
export const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), jsonValue);
