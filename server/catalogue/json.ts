import * as z from "zod";
import type { JsonObject, JsonValue } from "@/core/event/message";

const jsonValue: z.ZodType<JsonValue> = z.json();
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), jsonValue);

export function parseJson(text: string): JsonValue {
  return jsonValue.parse(JSON.parse(text));
}

export function parseJsonObject(text: string): JsonObject {
  return jsonObject.parse(JSON.parse(text));
}
