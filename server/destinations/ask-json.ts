import type * as z from "zod";
import { assertTaken } from "./answer-faults";
import { DeliveryError, type DeliveryFault } from "./delivery-error";
import type { DeliveryContext } from "./destination";
import type { OutgoingRequest } from "./outgoing";

interface JsonRequest<Schema extends z.ZodType> {
  method?: OutgoingRequest["method"];
  headers: Readonly<Record<string, string>>;
  body?: unknown;
  /** What the answer is read by. */
  answer: Schema;
  /** What a status means to this tool where that is not the usual. */
  faults?: Readonly<Record<number, DeliveryFault | ((text: string) => DeliveryFault | undefined)>>;
  timeoutMs?: number;
}

/** Sends JSON and reads the JSON that is answered; an empty answer is read as `{}`. Errors: DeliveryError. */
export async function askJson<Schema extends z.ZodType>(
  { fetch, signal, now }: DeliveryContext,
  url: string,
  { method = "POST", headers, body, answer, faults = {}, timeoutMs }: JsonRequest<Schema>,
): Promise<z.output<Schema>> {
  const response = await fetch(url, {
    method,
    headers: {
      accept: "application/json",
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    signal,
  });
  const fault = faults[response.status];
  await assertTaken(response, { now: now().getTime(), ...(fault !== undefined && { fault }) });
  const parsed = answer.safeParse(readJson(await response.text()));
  if (parsed.success) return parsed.data;
  throw new DeliveryError("unavailable", `${new URL(url).host} answered something that could not be read.`);
}

function readJson(text: string): unknown {
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}
