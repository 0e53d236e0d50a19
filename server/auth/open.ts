import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import type { Installation } from "../services";
import { sessionSecret } from "./secret";

const day = 24 * 60 * 60;
/** Where the server writes the caller's address for the rate limit; what a caller puts there is not handed on. */
export const clientAddressHeader = "x-foothold-client-address";

/** Accounts and sessions: email and password, one cookie, everything in the metadata store, nothing sent anywhere. */
export async function openAuth({ env, metadata, log, now }: Pick<Installation, "env" | "metadata" | "log" | "now">) {
  // Those that ran out are removed by the library only when somebody comes back with one.
  await metadata.session.deleteMany({ where: { expiresAt: { lt: now() } } });
  const auth = betterAuth({
    appName: "Foothold",
    basePath: "/api/auth",
    baseURL: env.publicOrigin ?? `http://localhost:${env.port}`,
    secret: await sessionSecret(env.dataDir, env.authSecret),
    database: prismaAdapter(metadata, { provider: "postgresql", transaction: true }),
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
    user: {
      additionalFields: { owner: { type: "boolean", required: false, input: false, returned: false } },
    },
    databaseHooks: {
      // The column is unique: of two first visits at once the second one fails in the database.
      user: { create: { before: async (user) => ({ data: { ...user, owner: true } }) } },
    },
    session: { expiresIn: 30 * day, updateAge: day },
    rateLimit: {
      enabled: true,
      storage: "memory",
      window: 60,
      max: 300,
      customRules: {
        "/sign-in/email": { window: 60, max: 10 },
        "/sign-up/email": { window: 60, max: 10 },
        "/change-password": { window: 60, max: 10 },
      },
    },
    advanced: {
      cookiePrefix: "foothold",
      useSecureCookies: env.publicOrigin?.startsWith("https:") ?? false,
      database: { generateId: false },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      // Every call that changes something has passed the server's own check of its origin (http/same-origin.ts).
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
    telemetry: { enabled: false },
    logger: {
      level: "error",
      log: (_level, message, ...details) => log.error({ details }, `Auth: ${message}`),
    },
  });
  return auth;
}

export type Auth = Awaited<ReturnType<typeof openAuth>>;
