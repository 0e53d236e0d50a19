import { join, resolve } from "node:path";
import * as z from "zod";
import { maxDeliveryMessages } from "./ingest/ingest";
import { type RequestLimits, segmentLimits } from "./ingest/limits";
import { usualWaitingBytes } from "./ingest/waiting-bytes";
import { type MailSettings, readSender, readSmtpUrl } from "./mail/mail-settings";

/** Containers and shells set a variable to nothing where they mean to leave it out. */
const filled = (value: unknown) => (value === "" ? undefined : value);

function serverUrl(protocols: readonly string[], example: string) {
  const message = `must be an address such as ${example}`;
  return z.preprocess(
    filled,
    z
      .string()
      .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), message)
      .optional(),
  );
}

const secret = (length: number, use: string) =>
  z.preprocess(
    filled,
    z
      .string()
      .trim()
      .regex(/^\S*$/, "must not have spaces in it")
      .min(length, `must have at least ${length} characters: it ${use}. \`openssl rand -hex 32\` makes one`)
      .optional(),
  );

const atMost = (usual: number, least: number, most: number) =>
  z.preprocess(filled, z.coerce.number("must be a number").int().min(least).max(most).default(usual));

/** What a variable says, by a function that answers text where it cannot be understood: the end of a sentence about it. */
const readBy = <Value extends object>(read: (text: string) => Value | string) =>
  z.preprocess(
    filled,
    z
      .string()
      .transform((text, context) => {
        const value = read(text.trim());
        if (typeof value !== "string") return value;
        context.addIssue({ code: "custom", message: value });
        return z.NEVER;
      })
      .optional(),
  );

const senderExample = "must be an address such as foothold@example.com or Foothold <foothold@example.com>";

const variables = z.object({
  PORT: z.preprocess(filled, z.coerce.number("must be a port number").int().min(0).max(65_535).default(3000)),
  HOST: z.preprocess(filled, z.string().optional()),
  DATA_DIR: z.preprocess(filled, z.string().default("./data")),
  DATABASE_URL: serverUrl(["postgres:", "postgresql:"], "postgresql://user:password@host:5432/foothold"),
  CLICKHOUSE_URL: serverUrl(["http:", "https:"], "http://user:password@host:8123/foothold"),
  PUBLIC_URL: serverUrl(["http:", "https:"], "https://foothold.example.com"),
  FOOTHOLD_API_TOKEN: secret(24, "opens every call of the API"),
  AUTH_SECRET: secret(32, "signs the session cookies"),
  FOOTHOLD_SECRET_KEY: secret(32, "encrypts the secrets of destinations"),
  SMTP_URL: readBy(readSmtpUrl),
  MAIL_FROM: readBy((text) => readSender(text) ?? senderExample),
  FOOTHOLD_ALLOW_PRIVATE_ADDRESSES: z.preprocess(
    filled,
    z.enum(["true", "false"], { error: "must be true or false" }).default("false"),
  ),
  FOOTHOLD_FILES_DIR: z.preprocess(filled, z.string().optional()),
  MAX_MESSAGE_BYTES: atMost(segmentLimits.messageBytes, 1_024, 16 * 1024 * 1024),
  MAX_BATCH_BYTES: atMost(segmentLimits.batchBytes, 1_024, 64 * 1024 * 1024),
  MAX_BATCH_MESSAGES: atMost(segmentLimits.batchMessages, 1, maxDeliveryMessages),
  MAX_ATTACHMENT_BYTES: atMost(10 * 1024 * 1024, 0, 100 * 1024 * 1024),
  MAX_WAITING_BYTES: atMost(usualWaitingBytes(), 1024 * 1024, 64 * 1024 * 1024 * 1024),
  LOG_LEVEL: z.preprocess(filled, z.enum(["debug", "info", "warn", "error", "silent"]).default("info")),
  NODE_ENV: z.preprocess(filled, z.enum(["production", "development", "test"]).default("production")),
});

const envShape = variables.superRefine(({ SMTP_URL, MAIL_FROM }, context) => {
  if (SMTP_URL !== undefined && MAIL_FROM === undefined) {
    context.addIssue({ code: "custom", path: ["MAIL_FROM"], message: `is needed with SMTP_URL: ${senderExample}` });
  }
  if (SMTP_URL === undefined && MAIL_FROM !== undefined) {
    context.addIssue({
      code: "custom",
      path: ["SMTP_URL"],
      message: "is needed with MAIL_FROM: nothing is mailed without it",
    });
  }
});

export interface Env {
  port: number;
  /** Addresses to listen on; the loopback ones where `HOST` names none, so that nothing is open to the network unasked. */
  hosts: readonly string[];
  /** Absolute. */
  dataDir: string;
  databaseUrl: string | undefined;
  clickhouseUrl: string | undefined;
  /** Origin under which browsers reach the product, where a proxy stands before it. */
  publicOrigin: string | undefined;
  apiToken: string | undefined;
  authSecret: string | undefined;
  /** What the secrets of destinations are encrypted with; a key in the data folder unless set. */
  secretKey: string | undefined;
  /** Requests to tools may go to this machine and to private networks. */
  allowPrivateAddresses: boolean;
  /** Absolute; destinations may write files in it, and nowhere else on this machine. */
  filesDir: string;
  /** The server that mail leaves by; nothing is mailed without. */
  mail: MailSettings | undefined;
  /** Of a file that is attached to a mail; a larger one is sent as a link. */
  attachmentBytes: number;
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
  mode: "production" | "development" | "test";
  /** How much a request of ingest may bring. */
  limits: RequestLimits;
  /** Bytes of requests that may wait for their answer at a time. */
  waitingBytes: number;
}

/** The environment could not be understood; the message has a line for each variable. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

/** Reads the environment. Throws an EnvError that names every variable that is wrong, without showing its value. */
export function readEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const parsed = envShape.safeParse(variables);
  if (!parsed.success) {
    throw new EnvError(parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}.`).join("\n"));
  }
  const env = parsed.data;
  const { SMTP_URL: server, MAIL_FROM: from } = env;
  return {
    port: env.PORT,
    hosts: env.HOST === undefined || env.HOST === "localhost" ? ["127.0.0.1", "::1"] : [env.HOST],
    dataDir: resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL,
    clickhouseUrl: env.CLICKHOUSE_URL,
    publicOrigin: env.PUBLIC_URL === undefined ? undefined : new URL(env.PUBLIC_URL).origin,
    apiToken: env.FOOTHOLD_API_TOKEN,
    authSecret: env.AUTH_SECRET,
    secretKey: env.FOOTHOLD_SECRET_KEY,
    allowPrivateAddresses: env.FOOTHOLD_ALLOW_PRIVATE_ADDRESSES === "true",
    filesDir: resolve(env.FOOTHOLD_FILES_DIR ?? join(env.DATA_DIR, "files")),
    mail: server === undefined || from === undefined ? undefined : { ...server, from },
    logLevel: env.LOG_LEVEL,
    mode: env.NODE_ENV,
    attachmentBytes: env.MAX_ATTACHMENT_BYTES,
    waitingBytes: env.MAX_WAITING_BYTES,
    limits: {
      messageBytes: env.MAX_MESSAGE_BYTES,
      batchBytes: env.MAX_BATCH_BYTES,
      batchMessages: env.MAX_BATCH_MESSAGES,
    },
  };
}
