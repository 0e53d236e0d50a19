import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Hono } from "hono";
import { errorStatus } from "../../core/errors";
import type { Auth } from "../auth/open";
import type { Installation } from "../services";
import type { AppEnv } from "./app-env";
import { appListener } from "./app-listener";
import { answerPage, type Pages } from "./pages";
import { setSecurityHeaders } from "./security-headers";

/** The API, ingest, the one path that an older SDK asks without `/v1`, and the browser SDK. All else is a page. */
const appPath = /^\/(api|v1|projects|analytics\.js|analytics-next)([/?]|$)/;

interface Behind {
  app: Hono<AppEnv>;
  installation: Installation;
  auth: Auth;
  pages: Pages;
}

/** Parts each request to who answers it: the app for `/api`, `/v1` and the SDK, Next for pages. Shut until the stores are open. */
export class Gate {
  private behind: Behind | undefined;
  private readonly answerApp: RequestListener;

  constructor(private readonly development: boolean) {
    this.answerApp = appListener(async (request, env) => {
      const { behind } = this;
      return behind === undefined
        ? new Response(null, { status: errorStatus.unavailable })
        : behind.app.fetch(request, env);
    });
  }

  open(behind: Behind): void {
    this.behind = behind;
  }

  readonly listener: RequestListener = (request, response) => {
    const page = !appPath.test(request.url ?? "/");
    setSecurityHeaders(response, { development: this.development, page });
    if (this.behind === undefined) return answerStarting(request, response);
    if (!page) return this.answerApp(request, response);
    answerPage(request, response, this.behind).catch((error: unknown) => {
      this.behind?.installation.log.error({ err: error, path: request.url }, "A page failed");
      if (!response.headersSent) response.writeHead(errorStatus.internal, { "content-type": "text/plain" });
      response.end("Something went wrong on the server.");
    });
  };
}

function answerStarting(request: IncomingMessage, response: ServerResponse): void {
  const isHealth = request.url === "/api/health";
  const answer = isHealth
    ? { status: "starting" }
    : { error: { code: "unavailable", message: "Foothold is starting. Try again in a moment." } };
  response
    .writeHead(errorStatus.unavailable, { "content-type": "application/json", "retry-after": "1" })
    .end(JSON.stringify(answer));
}
