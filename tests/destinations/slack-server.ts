import * as z from "zod";
import { startTool, type ToolServer } from "./tool-server";

const message = z.object({
  text: z.string().min(1).max(40_000),
  blocks: z
    .array(z.looseObject({ type: z.string() }))
    .max(50)
    .optional(),
});

export interface SlackServer extends ToolServer {
  /** The secret address of the incoming webhook. */
  readonly webhookUrl: string;
  /** Texts as the channel shows them. */
  readonly messages: string[];
}

/** Slack's incoming webhooks: the address is the credential, answers are words, and 429 says when to come back. */
export async function startSlack(): Promise<SlackServer> {
  const path = "/services/T000/B000/secret";
  const messages: string[] = [];
  const server = await startTool(
    {
      isAuthorized: (context) => context.req.path === path,
      unauthorized: (context) => context.text("no_service", 404),
      tooMany: (context) => {
        context.header("Retry-After", "0");
        return context.text("rate_limited", 429);
      },
      bodyLimit: 100_000,
      tooLarge: (context) => context.text("invalid_payload", 400),
    },
    (app) => {
      app.post(path, async (context) => {
        const parsed = message.safeParse(await context.req.json());
        if (!parsed.success) return context.text("invalid_payload", 400);
        messages.push(parsed.data.text);
        return context.text("ok");
      });
    },
  );
  return { ...server, webhookUrl: `${server.origin}${path}`, messages };
}
