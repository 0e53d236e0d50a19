import type { DryRun, NewSync } from "../../core/api/syncs";
import { AppError } from "../../core/errors";
import { connectionOf } from "../destinations/connection";
import { wouldSend } from "../destinations/would-send";
import { PeopleBits } from "../event-store/people-bits";
import type { Services } from "../services";
import { numbersIn, PeopleBook } from "./people-book";
import type { Step } from "./plan-items";
import { planRun } from "./process-steps";
import { filledOptions } from "./sync-options";
import { wantedOf } from "./sync-steps";
import { readChoices } from "./syncs";

const samplesShown = 5;

/**
 * What a sync would do now, as a new one or with what the one that there is has told the tool. Nothing is sent and nothing stored.
 * Errors: `invalid`; `unavailable` while it is being found who is in the audience.
 */
export async function dryRun(services: Services, input: NewSync, signal: AbortSignal): Promise<DryRun> {
  const { metadata, eventStore, memberships, secrets, syncs, now } = services;
  const { audienceId, suppressionId = null, sendsEntering = true, sendsLeaving = true } = input;
  const { destination: row, options } = await readChoices(services, input);
  const wanted = wantedOf(memberships, { audienceId, suppressionId });
  const members = memberships.current(audienceId)?.members;
  if (wanted === undefined || members === undefined) {
    throw new AppError("unavailable", "Who is in this audience is being found. Try again in a moment.");
  }
  const [audience, known] = await Promise.all([
    metadata.audience.findUniqueOrThrow({ where: { id: audienceId }, select: { key: true, name: true } }),
    metadata.sync.findFirst({ where: { audienceId, destinationId: row.id }, select: { id: true } }),
  ]);
  const syncId = known?.id ?? "dry-run";
  const told = PeopleBits.ofNumbers(await numbersIn(eventStore, syncId));
  const entering = wanted.people.without(told);
  const leaving = told.without(wanted.people);
  const connection = connectionOf(row, secrets, syncs.pacerOf(row.id, 1_000));
  const at = now();
  const stepOf = (change: Step["change"]) => (profile: number) => ({
    profile,
    change,
    key: `dry-run.p${profile}`,
    at: at.getTime(),
  });
  const steps = [
    ...(sendsEntering ? entering.first(samplesShown).map(stepOf("entered")) : []),
    ...(sendsLeaving ? leaving.first(samplesShown).map(stepOf("exited")) : []),
  ].slice(0, samplesShown);
  const book = await PeopleBook.open(eventStore, syncId);
  const planning = { eventStore, book, connection, sendsEntering, sendsLeaving, isSuppressed: () => false };
  const plans = await planRun(steps, planning, at);
  const target = {
    syncId,
    audience: { id: audienceId, ...audience },
    options: filledOptions(options, audience),
    prepared: {},
  };
  const samples = plans.flatMap((plan) => (plan.kind === "send" ? [plan.planned.item] : []));
  return {
    add: sendsEntering ? entering.count : 0,
    remove: sendsLeaving ? leaving.count : 0,
    suppressed: members.and(wanted.suppressed).count,
    samples: await Promise.all(
      samples.map(async (item) => ({
        profileId: item.profileId,
        change: item.change,
        identifier: item.identifier.value,
        request: await wouldSend(
          (context) =>
            connection.destination.deliver({ key: item.key, target, items: [item] }, connection.settings, context),
          { secrets: connection.secrets, signal, now },
        ),
      })),
    ),
    asOf: at.toISOString(),
  };
}
