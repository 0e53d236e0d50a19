import { day, signUpMoment } from "./calendar";
import { samplePerson } from "./person";
import { Random } from "./random";
import { type SampleCall, story, visits } from "./story";

const seed = 20_261_123;
const signUps = 3_000;
const visitors = 1_100;

/** Calls that every product sends now and then, and that cannot be taken: each shows another reason. */
const brokenCalls: readonly Record<string, unknown>[] = [
  { type: "track", event: "Task Completed", properties: { project: "P-100" } },
  { type: "track", userId: "sample-user-0001", properties: { project: "P-100" } },
  { type: "track", userId: { id: 12 }, event: "Task Completed" },
  { type: "track", userId: "sample-user-0002", event: "Task Completed", timestamp: "yesterday" },
  { type: "identify", userId: "sample-user-0003", traits: "trial" },
  { type: "purchase", userId: "sample-user-0004", event: "Subscription Started" },
];

/**
 * The sample's calls in the order in which they happened, none after `now`: sign-ups of a project-management product over
 * the last weeks, visits before them, some calls sent twice and some that are broken. The same for every moment of a day,
 * but for what has not happened yet.
 */
export function generateSample(now: number): Record<string, unknown>[] {
  const today = Math.floor(now / day) * day;
  const random = new Random(seed);
  const calls: SampleCall[] = [];
  for (let index = 0; index < signUps; index++) {
    const own = new Random(seed + 1 + index);
    calls.push(...story(own, samplePerson(own, index, signUpMoment(own, today))));
  }
  for (let index = 0; index < visitors; index++) {
    const own = new Random(seed + 100_000 + index);
    calls.push(...visits(own, `sample-visitor-${own.name()}`, signUpMoment(own, today)));
  }
  const named = calls.map(({ at, call }, index) => ({
    at: Math.floor(at),
    call: { ...call, messageId: `sample-${index}` },
  }));
  const past = named.filter(({ at }) => at <= now).sort((one, other) => one.at - other.at);
  return past.flatMap(({ at, call }, index) => {
    const sent = { ...call, timestamp: new Date(at).toISOString() };
    const broken = brokenCalls[Math.floor(index / 1_000) % brokenCalls.length];
    return [sent, ...(random.chance(0.004) ? [sent] : []), ...(index % 1_000 === 500 && broken ? [broken] : [])];
  });
}
