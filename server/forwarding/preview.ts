import * as z from "zod";
import type { ForwardingPreview } from "../../core/api/forwarding";
import type { ForwardingChoices } from "../../core/destinations/forwarding";
import { AppError } from "../../core/errors";
import { connectionOf } from "../destinations/connection";
import { destinationOf } from "../destinations/registry";
import { wouldSend } from "../destinations/would-send";
import { param, sql } from "../event-store/sql";
import { profileId } from "../profiles/profile-id";
import type { Services } from "../services";
import { itemsOf, messagesWhere, whichMessages } from "./chosen-messages";
import { readForwardingTarget } from "./forwarding";

const dayMs = 86_400_000;
const samplesShown = 5;
const countRow = z.strictObject({ profile: z.int(), messages: z.int(), latest: z.int() });

/**
 * What these choices would have sent on of the last 24 hours, with the requests of the latest five messages. Nothing is sent. Errors:
 * `not_found`, `invalid`; `unavailable` while it is being found who is in the audience.
 */
export async function previewForwarding(
  services: Services,
  destinationId: string,
  choices: ForwardingChoices,
  signal: AbortSignal,
): Promise<ForwardingPreview> {
  const { eventStore, memberships, secrets, syncs, now } = services;
  const row = await readForwardingTarget(services, destinationId, choices, "");
  const audience = choices.audienceId === null ? undefined : memberships.current(choices.audienceId);
  if (choices.audienceId !== null && audience === undefined) {
    throw new AppError("unavailable", "Who is in this audience is being found. Try again in a moment.");
  }
  const at = now();
  const recent = sql`received_at >= ${param.moment(at.getTime() - dayMs)} AND ${whichMessages(choices, destinationId)}`;
  const people = await eventStore.query(
    sql`SELECT profile, uniqExact(arrival) AS messages, max(arrival) AS latest FROM messages WHERE ${recent} GROUP BY profile`,
    countRow,
    { signal, heavy: true },
  );
  const chosen = people.filter(({ profile }) => audience?.members.has(profile) ?? true);
  const latest = chosen.sort((one, other) => other.latest - one.latest).slice(0, samplesShown);
  const arrivals = latest.map((one) => one.latest).sort((one, other) => one - other);
  const which = sql`arrival >= ${param.uint64(arrivals[0] ?? 0)} AND profile IN ${param.uint32s(latest.map(({ profile }) => profile))} AND ${recent}`;
  const messages =
    latest.length === 0
      ? []
      : await messagesWhere(eventStore, which, { limit: samplesShown, latestFirst: true, signal });
  const { requestsPerSecond } = destinationOf(row.tool).tool;
  const connection = connectionOf(row, secrets, syncs.pacerOf(row.id, requestsPerSecond));
  const { identifier, destination, settings } = connection;
  const items = await itemsOf(eventStore, messages, { identifier, fields: choices.fields, now: at.getTime() });
  return {
    messages: chosen.reduce((sum, one) => sum + one.messages, 0),
    people: chosen.length,
    samples: await Promise.all(
      items.map(async ({ profile, item: { forwarded } }) => ({
        messageId: forwarded.key,
        profileId: profileId(profile),
        type: forwarded.type,
        event: forwarded.event,
        timestamp: forwarded.timestamp,
        identifier: forwarded.identifier.value || null,
        request: await wouldSend(async (context) => destination.forward?.([forwarded], settings, context), {
          secrets: connection.secrets,
          signal,
          now,
        }),
      })),
    ),
    asOf: at.toISOString(),
  };
}
