import type { MembershipTimings, Spread } from "./membership";
import { megabytes, ms, table, whole } from "./report-words";

/** How soon after an event, or after a moment, a change of membership is recorded. */
export function membershipSection({ messages, people, seconds, emptyIdleShare, timings }: MembershipTimings): string {
  const spread = ({ count, p50, p99, most }: Spread) => [whole.format(count), ms(p50), ms(p99), ms(most)];
  const share = (value: number) => `${(value * 100).toFixed(1)} %`;
  return [
    "## Live membership",
    "",
    table(
      ["Audiences", "Changes by events", "p50, ms", "p99, ms", "Most", "Changes by time", "p50, ms", "p99, ms", "Most"],
      timings.map(({ audiences, byMessage, byTime }) => [
        whole.format(audiences),
        ...spread(byMessage),
        ...spread(byTime),
      ]),
    ),
    "",
    `Audiences of ten kinds over ${whole.format(messages)} messages of ${whole.format(people)} people, while 1,000 events/s come in for ${seconds} s in batches of`,
    "twenty: from the acknowledgement of an event to the record of the change that it makes, and from the moment at which time alone",
    "changes something to its record.",
    "",
    table(
      ["Audiences", "Events/s", "CPU under load", "CPU when idle", "First members, s", "Resident, MB"],
      [
        ["0", "", "", share(emptyIdleShare), "", ""],
        ...timings.map((timing) => [
          whole.format(timing.audiences),
          whole.format(Math.round(timing.eventsPerSecond)),
          share(timing.loadShare),
          share(timing.idleShare),
          timing.beginSeconds.toFixed(1),
          megabytes(timing.residentBytes),
        ]),
      ],
    ),
    "",
    "CPU is that of one core, for the whole server: taking in, deriving, keeping members.",
  ].join("\n");
}
