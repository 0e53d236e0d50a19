import { Hono } from "hono";
import { getHealth } from "../../core/api/health";
import { openMembersLink } from "../../core/api/members-links";
import { AppError } from "../../core/errors";
import { accountRoutes } from "../accounts/routes";
import { alertRoutes } from "../alerts/routes";
import { insightRoutes } from "../audiences/insight-routes";
import { audienceRoutes } from "../audiences/routes";
import { authenticate } from "../auth/authenticate";
import type { Auth } from "../auth/open";
import { authRoutes } from "../auth/routes";
import { sessionRoutes } from "../auth/session-routes";
import { catalogueRoutes } from "../catalogue/routes";
import { debuggerRoutes } from "../debugger/routes";
import { destinationRoutes } from "../destinations/routes";
import { forwardingRoutes } from "../forwarding/routes";
import { funnelRoutes } from "../funnels/routes";
import { identityRoutes } from "../identity/routes";
import { importRoutes } from "../imports/routes";
import { browserSdkRoutes } from "../ingest/browser-sdk";
import { ingestRoutes } from "../ingest/routes";
import { ingestHealthRoutes } from "../ingest-health/routes";
import { membersLinkRoutes } from "../members-links/routes";
import { membershipRoutes } from "../memberships/routes";
import { overviewRoutes } from "../overview/routes";
import { profileRoutes } from "../profiles/routes";
import { progressRoutes } from "../progress/routes";
import { sampleRoutes } from "../sample/routes";
import { scheduleRoutes } from "../schedules/routes";
import type { Installation } from "../services";
import { sourceRoutes } from "../sources/routes";
import { syncRoutes } from "../syncs/routes";
import { tokenRoutes } from "../tokens/routes";
import { trackingPlanRoutes } from "../tracking-plans/routes";
import { version } from "../version";
import { workspaceRoutes } from "../workspace/routes";
import { Api } from "./api";
import type { AppEnv } from "./app-env";
import { errorResponse } from "./errors";
import { openApiDocument } from "./openapi";
import { assertSameOrigin } from "./same-origin";
import { servicesOf } from "./services-of";

/** Answered without a session or token; `/api/auth/*` besides. What is signed says itself what it opens. */
const open: ReadonlySet<string> = new Set(["/api/health", "/api/session", openMembersLink.path]);
const openPattern = new RegExp(`^(${[...open].map((path) => path.replace(/:\w+/g, "[^/]+")).join("|")})$`);

/** The whole of `/api`. */
function createApi(installation: Installation, auth: Auth): Api {
  const api = new Api(installation);
  api.implement(getHealth, async () => ({
    status: "ok" as const,
    version,
    eventStore: installation.eventStoreKind,
    metadata: installation.metadataKind,
  }));
  sessionRoutes(api, installation, auth);
  tokenRoutes(api);
  workspaceRoutes(api, installation);
  overviewRoutes(api);
  sourceRoutes(api, installation);
  importRoutes(api);
  sampleRoutes(api);
  profileRoutes(api);
  accountRoutes(api);
  identityRoutes(api);
  catalogueRoutes(api);
  debuggerRoutes(api);
  ingestHealthRoutes(api);
  trackingPlanRoutes(api);
  // Before those of one audience, whose address theirs would be taken for where another method is asked for.
  insightRoutes(api);
  audienceRoutes(api);
  membershipRoutes(api);
  membersLinkRoutes(api, installation);
  funnelRoutes(api);
  progressRoutes(api);
  destinationRoutes(api);
  syncRoutes(api);
  forwardingRoutes(api);
  scheduleRoutes(api);
  alertRoutes(api);
  return api;
}

/** Everything that is not a page: the management API under `/api`, ingest under `/v1`, and the browser SDK that it serves. */
export function createApp(installation: Installation, auth: Auth): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.onError((error, context) => errorResponse(error, context.req.raw, installation.log));
  app.notFound((context) => {
    throw new AppError("not_found", `There is nothing at ${context.req.path}.`);
  });
  app.route("/", ingestRoutes(installation));
  app.route("/", browserSdkRoutes(installation));
  app.use("/api/*", async (context, next) => {
    const request = context.req.raw;
    if (!request.headers.has("authorization")) assertSameOrigin(request, installation.env.publicOrigin);
    const { path } = context.req;
    if (!openPattern.test(path) && !path.startsWith("/api/auth/")) {
      const actor = await authenticate(request, installation, auth);
      if (actor === null) throw new AppError("unauthenticated", "Log in, or send an API token.");
      context.set("actor", actor);
      context.set("services", servicesOf(request, actor, installation.workspaces));
    }
    await next();
  });
  const api = createApi(installation, auth);
  const description = openApiDocument(api.endpoints, open);
  app.get("/api/openapi.json", (context) => context.json(description));
  app.route("/", authRoutes(installation, auth));
  api.refuseOtherMethods();
  app.route("/", api.hono);
  return app;
}
