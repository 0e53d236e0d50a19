import type * as z from "zod";
import type { Endpoint } from "@/core/api/endpoint";
import { progressHeader } from "@/core/api/progress";
import { errorAnswer } from "@/core/api/shared";
import { ApiError } from "./api-error";
import { currentWorkspace, leaveWorkspace } from "./current-workspace";

/** An input that the endpoint declares must be given, unless all of its fields are optional. */
type Given<Name extends string, Input> = unknown extends Input
  ? { [key in Name]?: undefined }
  : Record<string, never> extends Input
    ? { [key in Name]?: Input }
    : { [key in Name]: Input };

type Options<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Given<"params", z.input<P>> &
  Given<"query", z.input<Q>> &
  Given<"body", z.input<B>> & {
    signal?: AbortSignal;
    /** What `getProgress` can ask by how far the server has come with it. */
    progress?: string;
  };

type Arguments<O> = Record<string, never> extends O ? [options?: O] : [options: O];

interface Sent {
  params?: unknown;
  query?: unknown;
  body?: unknown;
  signal?: AbortSignal;
  progress?: string;
}

/**
 * Calls an endpoint of the management API and answers its parsed answer. Throws an `ApiError`; one that is
 * `unauthenticated` also leads to the login page, and an aborted call throws the abort itself.
 */
export async function call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, A>,
  ...[options]: Arguments<Options<P, Q, B>>
): Promise<z.output<A>> {
  const response = await answerTo(endpoint, options ?? {});
  return parseAnswer(endpoint.answer, await response.json());
}

/**
 * Calls an endpoint that answers in lines of JSON, and gives each line as it comes. Throws as `call` does; an error that the
 * server met on the way stands in the last line, and is thrown as well.
 */
export async function* callLines<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, A>,
  ...[options]: Arguments<Options<P, Q, B>>
): AsyncGenerator<z.output<A>> {
  const response = await answerTo(endpoint, options ?? {});
  for await (const line of linesOf(response)) {
    const value = parseJson(line);
    if (errorAnswer.safeParse(value).success) throw parseRefusal(line, response.status);
    yield parseAnswer(endpoint.answer, value);
  }
}

async function answerTo(endpoint: Endpoint, sent: Sent): Promise<Response> {
  const response = await request(addressOf(endpoint, sent), {
    method: endpoint.method,
    credentials: "same-origin",
    signal: sent.signal,
    headers: {
      ...(sent.body !== undefined && { "content-type": "application/json" }),
      ...(sent.progress !== undefined && { [progressHeader]: sent.progress }),
    },
    ...(sent.body !== undefined && { body: JSON.stringify(sent.body) }),
  });
  if (!response.ok) throw await refusalOf(response);
  return response;
}

function parseAnswer<A extends z.ZodType>(schema: A, value: unknown): z.output<A> {
  const answer = schema.safeParse(value);
  if (answer.success) return answer.data;
  throw new ApiError("internal", "The server answered in a form that this page does not know. Reload the page.");
}

/** The lines of a body as they come, without what ends them. */
async function* linesOf({ body }: Response): AsyncGenerator<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return;
  let rest = "";
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const lines = (rest + piece.value).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
    if (rest !== "") yield rest;
  } finally {
    await reader.cancel();
  }
}

/** Address of an endpoint with its parameters filled in; also for links and downloads. */
export function addressOf(endpoint: Endpoint, sent: { params?: unknown; query?: unknown } = {}): string {
  const params = new Map(Object.entries(sent.params ?? {}));
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params.get(name))));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(sent.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  // In the address rather than in a header, which a link has not.
  const workspace = currentWorkspace();
  if (workspace !== undefined) query.set("workspace", workspace);
  return query.size > 0 ? `${path}?${query}` : path;
}

async function request(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError("unreachable", "Foothold cannot be reached. Is it running?", undefined, { cause: error });
  }
}

/** The error of an answer that is not a success. */
async function refusalOf(response: Response): Promise<ApiError> {
  if (response.status === 401) leaveForLogin();
  const refusal = parseRefusal(await response.text(), response.status);
  if (refusal.code === "not_found" && refusal.path === "workspace") leaveWorkspace();
  return refusal;
}

export function parseRefusal(text: string, status: number): ApiError {
  const parsed = errorAnswer.safeParse(parseJson(text));
  if (!parsed.success) return new ApiError("internal", `The server answered with status ${status}. Try again.`);
  const { code, message, path } = parsed.data.error;
  return new ApiError(code, message, path);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function leaveForLogin(): void {
  const here = window.location;
  if (here.pathname === "/login" || here.pathname === "/setup") return;
  here.assign(`/login?next=${encodeURIComponent(here.pathname + here.search)}`);
}
