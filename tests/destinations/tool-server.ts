import { type HttpBindings, serve } from "@hono/node-server";
import { type Context, Hono } from "hono";

export type ToolContext = Context<{ Bindings: HttpBindings }>;

/** What a test can do to any tool, whichever it is. */
export interface ToolServer {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  /** `METHOD /path` of every request that came, also of those that were refused. */
  readonly requests: string[];
  /** The next requests are answered the way this tool says "too many". */
  limitNext(count?: number): void;
  /** The credential that held until now does not any more; `renewCredential` takes it back. */
  expireCredential(): void;
  renewCredential(): void;
  /** From now on this person is refused the way the tool refuses one entry of many. */
  refuse(person: string): void;
  acceptAgain(person: string): void;
  /** The next request that writes is carried out, and the connection is cut instead of being answered. */
  cutNextAnswer(): void;
  close(): Promise<void>;
}

export interface ToolRules {
  isAuthorized(context: ToolContext): boolean;
  unauthorized(context: ToolContext): Response;
  tooMany(context: ToolContext): Response;
  /** Bytes of a body that are taken. */
  bodyLimit: number;
  tooLarge(context: ToolContext): Response;
}

export interface ToolFaults {
  isRefused(person: string): boolean;
}

/** Starts a tool at a free port of this machine: rules that hold for every address first, then `routes`. */
export async function startTool(
  rules: ToolRules,
  routes: (app: Hono<{ Bindings: HttpBindings }>, faults: ToolFaults) => void,
): Promise<ToolServer> {
  const requests: string[] = [];
  const refused = new Set<string>();
  let limited = 0;
  let expired = false;
  let cut = false;
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(async (context, next) => {
    requests.push(`${context.req.method} ${context.req.path}`);
    if (expired || !rules.isAuthorized(context)) return rules.unauthorized(context);
    if (limited > 0) {
      limited -= 1;
      return rules.tooMany(context);
    }
    const body = await context.req.arrayBuffer();
    if (body.byteLength > rules.bodyLimit) return rules.tooLarge(context);
    await next();
    if (cut && context.req.method !== "GET" && context.res.ok) {
      cut = false;
      context.env.outgoing.destroy();
    }
    return context.res;
  });
  routes(app, { isRefused: (person) => refused.has(person) });
  app.onError((error, context) => context.text(`The test server failed: ${error.message}`, 500));
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => resolve({ server, port }));
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    limitNext: (count = 1) => {
      limited = count;
    },
    expireCredential: () => {
      expired = true;
    },
    renewCredential: () => {
      expired = false;
    },
    refuse: (person) => {
      refused.add(person);
    },
    acceptAgain: (person) => {
      refused.delete(person);
    },
    cutNextAnswer: () => {
      cut = true;
    },
    close: () =>
      new Promise((resolve, reject) => {
        if ("closeAllConnections" in server) server.closeAllConnections();
        server.close((error) => (error === undefined ? resolve() : reject(error)));
      }),
  };
}
