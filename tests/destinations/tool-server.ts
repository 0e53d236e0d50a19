import { setTimeout as sleep } from "node:timers/promises";
import { type HttpBindings, serve } from "@hono/node-server";
import { type Context, Hono } from "hono";

export type ToolContext = Context<{ Bindings: HttpBindings }>;

/** What a test can do to any tool, whichever it is. */
export interface ToolServer {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  /** The next request is answered the way this tool says "too many". */
  limitNext(): Promise<void>;
  /** The credential that held until now does not any more; `renewCredential` takes it back. */
  expireCredential(): Promise<void>;
  renewCredential(): Promise<void>;
  /** From now on this person is refused the way the tool refuses one entry of many. */
  refuse(person: string): Promise<void>;
  acceptAgain(person: string): Promise<void>;
  /** The next request that writes is carried out, and the connection is cut instead of being answered. */
  cutNextAnswer(): Promise<void>;
  close(): Promise<void>;
}

export interface HttpToolServer extends ToolServer {
  /** The next request that writes is carried out, and whoever asked waits for the answer until they hang up. */
  keepNextWaiting(): void;
  /** Resolves once every connection has ended, and what came by them was handled: a sender that was killed leaves requests unread. */
  readToTheEnd(): Promise<void>;
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
): Promise<HttpToolServer> {
  const refused = new Set<string>();
  let limited = false;
  let expired = false;
  let cut = false;
  let kept = false;
  const app = new Hono<{ Bindings: HttpBindings }>();
  let handling = 0;
  app.use(async (_, next) => {
    handling += 1;
    await next().finally(() => {
      handling -= 1;
    });
  });
  app.use(async (context, next) => {
    if (expired || !rules.isAuthorized(context)) return rules.unauthorized(context);
    if (limited) {
      limited = false;
      return rules.tooMany(context);
    }
    const body = await context.req.arrayBuffer();
    if (body.byteLength > rules.bodyLimit) return rules.tooLarge(context);
    await next();
    if (cut && context.req.method !== "GET" && context.res.ok) {
      cut = false;
      context.env.outgoing.destroy();
    }
    if (kept && context.req.method !== "GET" && context.res.ok) {
      kept = false;
      await new Promise((resolve) => context.env.outgoing.once("close", resolve));
    }
    return context.res;
  });
  routes(app, { isRefused: (person) => refused.has(person) });
  app.onError((error, context) => context.text(`The test server failed: ${error.message}`, 500));
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => resolve({ server, port }));
  });
  const connections = () =>
    new Promise<number>((resolve, reject) =>
      server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
    );
  return {
    origin: `http://127.0.0.1:${port}`,
    readToTheEnd: async () => {
      // A connection that was made and not accepted yet is none of them: so nothing must come for a while.
      for (let quiet = 0; quiet < 50; quiet += 1) {
        if (handling > 0 || (await connections()) > 0) quiet = 0;
        await sleep(5);
      }
    },
    limitNext: async () => {
      limited = true;
    },
    expireCredential: async () => {
      expired = true;
    },
    renewCredential: async () => {
      expired = false;
    },
    refuse: async (person) => {
      refused.add(person);
    },
    acceptAgain: async (person) => {
      refused.delete(person);
    },
    cutNextAnswer: async () => {
      cut = true;
    },
    keepNextWaiting: () => {
      kept = true;
    },
    close: () =>
      new Promise((resolve, reject) => {
        if ("closeAllConnections" in server) server.closeAllConnections();
        server.close((error) => (error === undefined ? resolve() : reject(error)));
      }),
  };
}
