import * as z from "zod";
import { endpoint } from "./endpoint";
import { idParams, page, pageQuery, timestamp } from "./shared";

const source = z.strictObject({
  id: z.string(),
  name: z.string(),
  writeKey: z.string(),
  createdAt: timestamp,
});
export type Source = z.infer<typeof source>;

export const listSources = endpoint({
  method: "GET",
  path: "/api/sources",
  summary: "Sources, in the order in which they were made",
  query: pageQuery,
  answer: page(source),
});
export const createSource = endpoint({
  method: "POST",
  path: "/api/sources",
  summary: "Make a source with its write key",
  body: z.strictObject({ name: z.string().trim().min(1).max(200) }),
  answer: source,
  status: 201,
});
export const updateSource = endpoint({
  method: "PATCH",
  path: "/api/sources/:id",
  summary: "Rename a source",
  params: idParams,
  body: z.strictObject({ name: z.string().trim().min(1).max(200) }),
  answer: source,
});
export const getSource = endpoint({
  method: "GET",
  path: "/api/sources/:id",
  summary: "One source with what has come in",
  params: idParams,
  answer: source.extend({
    messages: z.int(),
    lastReceivedAt: timestamp.nullable(),
    rejections: z.array(z.strictObject({ code: z.string(), message: z.string(), count: z.int(), lastAt: timestamp })),
  }),
});
