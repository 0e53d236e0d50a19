import { createHmac, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { type HttpToolServer, startTool } from "./tool-server";

const change = z.object({
  id: z.string(),
  change: z.enum(["entered", "exited"]),
  at: z.iso.datetime(),
  profileId: z.string(),
  identifier: z.object({ kind: z.string(), value: z.string() }),
  fields: z.record(z.string(), z.unknown()),
});
const event = z.object({
  id: z.string(),
  type: z.string(),
  event: z.string(),
  identifier: z.object({ value: z.string() }),
  properties: z.record(z.string(), z.unknown()),
  context: z.record(z.string(), z.unknown()),
});
const alert = (type: "alert.fired" | "alert.reminder" | "alert.resolved" | "alert.test") =>
  z.object({
    type: z.literal(type),
    id: z.string(),
    at: z.iso.datetime(),
    alert: z.object({ id: z.string(), words: z.string() }),
    firings: z.array(
      z.object({ subjectId: z.string(), subjectName: z.string(), text: z.string(), since: z.iso.datetime() }),
    ),
    workspace: z.string(),
  });
const alerts = [alert("alert.fired"), alert("alert.reminder"), alert("alert.resolved"), alert("alert.test")] as const;
const body = z.discriminatedUnion("type", [
  ...alerts,
  z.object({ type: z.literal("test") }),
  z.object({ type: z.literal("audience.changes"), audience: z.object({ key: z.string() }), changes: z.array(change) }),
  z.object({ type: z.literal("events"), events: z.array(event) }),
]);
type ReceivedChange = z.infer<typeof change>;

export interface WebhookServer extends HttpToolServer {
  /** Whom it was told of last that they entered. */
  members(): string[];
  /** As if nobody had told of this person. */
  forget(member: string): void;
  /** Each change once, in the order in which they came first. */
  readonly changes: ReceivedChange[];
  /** Names of the changes of each request, also of those that came again. */
  readonly batches: string[][];
  /** Messages as they came, also those that came again. */
  readonly events: z.infer<typeof event>[];
  /** Names of the messages of each request, also of those that came again. */
  readonly eventBatches: string[][];
  /** Alerts as they were told, tests among them. */
  readonly alerts: z.infer<(typeof alerts)[number]>[];
}

/** As the Standard Webhooks specification says that a receiver should check, from its text and not from our code. */
function isGenuine(header: (name: string) => string | undefined, raw: string, secret: string, now: number): boolean {
  const [id = "", timestamp = "", signatures = ""] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(
    header,
  );
  if (Math.abs(now / 1000 - Number(timestamp)) > 300) return false;
  const expected = createHmac("sha256", secret).update(`${id}.${timestamp}.${raw}`).digest();
  return signatures.split(" ").some((one) => {
    const [version, signature = ""] = one.split(",");
    const given = Buffer.from(signature, "base64");
    return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** A receiver that takes only what is signed with its secret, and each request once. */
export async function startWebhook(secret: string, now: () => number = Date.now): Promise<WebhookServer> {
  const inside = new Set<string>();
  const changes: ReceivedChange[] = [];
  const known = new Set<string>();
  const batches: string[][] = [];
  const events: z.infer<typeof event>[] = [];
  const eventBatches: string[][] = [];
  const told: WebhookServer["alerts"] = [];
  const server = await startTool(
    {
      isAuthorized: () => true,
      unauthorized: (context) => context.text("Who are you?", 401),
      tooMany: (context) => context.text("Slow down", 429, { "retry-after": "1" }),
      bodyLimit: 4_000_000,
      tooLarge: (context) => context.text("Too large", 413),
    },
    (app, faults) => {
      app.post("/hook", async (context) => {
        const raw = await context.req.text();
        if (!isGenuine((name) => context.req.header(name), raw, secret, now()))
          return context.text("Not signed by you", 401);
        const id = context.req.header("webhook-id") ?? "";
        if (context.req.header("idempotency-key") !== id) return context.text("No idempotency key", 400);
        const sent = body.parse(JSON.parse(raw));
        if ("firings" in sent) told.push(sent);
        if (sent.type === "events") {
          const unwanted = sent.events.find((one) => faults.isRefused(one.identifier.value));
          if (unwanted !== undefined) return context.text(`${unwanted.identifier.value} is not wanted here`, 422);
          events.push(...sent.events);
          eventBatches.push(sent.events.map((one) => one.id));
        }
        if (sent.type !== "audience.changes") return context.body(null, 204);
        const refused = sent.changes.find((one) => faults.isRefused(one.identifier.value));
        if (refused !== undefined) return context.text(`${refused.identifier.value} is not wanted here`, 422);
        batches.push(sent.changes.map((one) => one.id));
        for (const one of sent.changes) {
          if (one.change === "entered") inside.add(one.identifier.value);
          else inside.delete(one.identifier.value);
          if (!known.has(one.id)) changes.push(one);
          known.add(one.id);
        }
        return context.body(null, 204);
      });
    },
  );
  return {
    ...server,
    members: () => [...inside].sort(),
    forget: (member) => inside.delete(member),
    changes,
    batches,
    events,
    eventBatches,
    alerts: told,
  };
}
