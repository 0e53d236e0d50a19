import { Hono } from "hono";
import type * as z from "zod";
import type { Endpoint } from "../../core/api/endpoint";
import { progressHeader, progressName } from "../../core/api/progress";
import { AppError } from "../../core/errors";
import { parseInput } from "../../core/parse-input";
import type { Actor } from "../auth/actor";
import { inOneView } from "../ingest/history-gate";
import { followedBy } from "../progress/progress";
import type { Installation, Services } from "../services";
import type { AppEnv } from "./app-env";
import { methodNotAllowed } from "./errors";
import { readJsonBody } from "./read-body";
import { workspaceParameter } from "./services-of";
import { assertStorable } from "./storable";

/** Largest JSON body of the management API, in bytes; files are streamed and have no such limit. */
const maxBodyBytes = 5 * 1024 * 1024;

export interface Call<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  /** Of the workspace that the call is for. */
  services: Services;
  /** Who is calling; null only at an open endpoint. */
  actor: Actor | null;
  /** Fires when the caller has gone away. */
  signal: AbortSignal;
  /** For bodies that are streamed, and for headers. */
  request: Request;
}

/**
 * Binds declared endpoints to their handlers: a handler gets parsed input and gives the answer, or a Response where the
 * declaration says that the answer is streamed.
 */
export class Api {
  readonly hono = new Hono<AppEnv>();
  readonly endpoints: Endpoint[] = [];
  private readonly methods = new Map<string, Set<string>>();

  constructor(private readonly installation: Installation) {}

  implement<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    endpoint: Endpoint<P, Q, B, A>,
    handler: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.input<A> | Response>,
  ): void {
    this.endpoints.push(endpoint);
    this.methodsOf(endpoint.path).add(endpoint.method);
    this.hono.on(endpoint.method, endpoint.path, async (context) => {
      const request = context.req.raw;
      const call = {
        params: parseDeclared(endpoint.params, context.req.param(), "The path"),
        query: parseDeclared(endpoint.query, queryOf(request), "The query"),
        body: parseDeclared(endpoint.body, await bodyOf(endpoint, request), "The body"),
        services: context.get("services") ?? this.installation.workspaces.first(),
        actor: context.get("actor") ?? null,
        signal: request.signal,
        request,
      };
      // One answer is of one state of who is who, whatever it reads.
      const work = () => inOneView(() => handler(call));
      const followed = request.headers.get(progressHeader);
      if (followed === null) return this.answer(endpoint, await work());
      const name = parseInput(progressName, followed, "The header X-Progress");
      return this.answer(endpoint, await followedBy(call.services, name, work));
    });
  }

  /** Answers other methods of the known paths. To be called once every endpoint is implemented. */
  refuseOtherMethods(): void {
    for (const [path, methods] of this.methods) {
      this.hono.all(path, (context) => methodNotAllowed(context.req.method, [...methods]));
    }
  }

  private methodsOf(path: string): Set<string> {
    const known = this.methods.get(path) ?? new Set();
    this.methods.set(path, known);
    return known;
  }

  private answer(endpoint: Endpoint, result: unknown): Response {
    if (result instanceof Response) return result;
    // What production sends has passed here in development and in every test.
    const checked = this.installation.env.mode === "production" ? result : endpoint.answer.parse(result);
    return Response.json(checked, { status: endpoint.status ?? 200, headers: { "cache-control": "no-store" } });
  }
}

/** A declaration without a schema has `unknown` as its type, which nothing can be read from. */
function parseDeclared<Schema extends z.ZodType>(
  schema: Schema | undefined,
  input: unknown,
  whole: string,
): z.output<Schema> {
  assertStorable(input);
  return schema === undefined ? (undefined as z.output<Schema>) : parseInput(schema, input, whole);
}

/** Each name once: of two values neither could be meant. The workspace that is named is known by then. */
function queryOf(request: Request): Record<string, string> {
  const { searchParams } = new URL(request.url);
  for (const name of searchParams.keys()) {
    if (searchParams.getAll(name).length > 1) throw new AppError("invalid", `${name} is given more than once.`, name);
  }
  searchParams.delete(workspaceParameter);
  return Object.fromEntries(searchParams);
}

async function bodyOf(endpoint: Endpoint, request: Request): Promise<unknown> {
  return endpoint.body === undefined ? undefined : readJsonBody(request, maxBodyBytes);
}
