import type * as z from "zod";
import { slack } from "../../../core/destinations/slack";
import { assertTaken } from "../answer-faults";
import type { DeliveryFault } from "../delivery-error";
import { type DeliveryContext, destination } from "../destination";
import { delivered, inTurn } from "../in-turn";
import { digestText, personText } from "./message";

type Settings = z.output<typeof slack.settings>;

/** The address is the credential, so one that leads nowhere is a credential that does not hold. */
const faults: Readonly<Record<number, DeliveryFault>> = { 403: "credential", 404: "credential", 410: "credential" };

async function post(body: object, { webhookUrl }: Settings, context: DeliveryContext): Promise<Response> {
  const response = await context.fetch(webhookUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: context.signal,
  });
  return response;
}

/** Writes into the channel. Slack's own marks in the text hold. */
export async function say(text: string, settings: Settings, context: DeliveryContext): Promise<void> {
  const response = await post({ text }, settings, context);
  const fault = faults[response.status];
  await assertTaken(response, { now: context.now().getTime(), ...(fault !== undefined && { fault }) });
}

export const slackDestination = destination(slack, {
  async test(settings, context) {
    // A message without a text is refused by a webhook that there is, and nobody in the channel sees it.
    const response = await post({}, settings, context);
    const fault = faults[response.status];
    if (response.status !== 400) {
      await assertTaken(response, { now: context.now().getTime(), ...(fault !== undefined && { fault }) });
    }
    return "The webhook is there.";
  },
  deliver({ items, target: { audience, options } }, settings, context) {
    const groups = options.digest
      ? (["entered", "exited"] as const).map((change) => items.filter((item) => item.change === change))
      : items.map((item) => [item]);
    return inTurn(
      items,
      groups.map((group) => ({
        items: group,
        async send(some) {
          const [first] = some;
          const text = options.digest || first === undefined ? digestText(some, audience) : personText(first, audience);
          await say(text, settings, context);
          return some.map(() => delivered);
        },
      })),
    );
  },
});
