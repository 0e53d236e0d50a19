import { day, hour, minute, workingMoment } from "./calendar";
import { type SamplePerson, traitsOf } from "./person";
import type { Random } from "./random";

/** A call as an SDK would send it, with the moment at which it happened. */
export interface SampleCall {
  readonly at: number;
  readonly call: Record<string, unknown>;
}

const onboardingSteps = ["Profile", "Workspace", "Integrations", "Tour"] as const;
const landingPages = ["Home", "Pricing", "Features", "Templates", "Customer Stories"] as const;
const campaigns = ["spring-launch", "newsletter", "partner-webinar"] as const;
const templates = ["Blank", "Product Launch", "Sprint", "Marketing Calendar", "Hiring"] as const;
const trialDays = 30;

/** Visits of somebody without a name: what they read, the last one at `end`. */
export function visits(random: Random, anonymousId: string, end: number): SampleCall[] {
  const campaign = random.chance(0.25) ? { campaign: { source: "ads", name: random.pick(campaigns) } } : {};
  let at = end;
  return Array.from({ length: random.between(1, 4) }, (_, index) => {
    at -= index === 0 ? 0 : random.chance(0.2) ? random.delay(2 * day) : random.delay(3 * minute);
    const name = random.pick(landingPages);
    const path = name === "Home" ? "/" : `/${name.toLowerCase().replaceAll(" ", "-")}`;
    return {
      at,
      call: {
        type: "page",
        anonymousId,
        name,
        properties: { name, path, title: `${name} · Planboard` },
        context: { page: { path }, ...campaign },
      },
    };
  });
}

/** How likely somebody invites another: those who work alone have nobody to invite, and this is where most stop. */
function inviteChance({ companySize }: SamplePerson): number {
  if (companySize <= 3) return 0.22;
  return companySize <= 20 ? 0.49 : 0.64;
}

/** All that a person does, from the first visit on. Some of it may lie in the future; the caller leaves that out. */
export function story(random: Random, person: SamplePerson): SampleCall[] {
  const { userId, anonymousId, signedUpAt } = person;
  const calls = visits(random, anonymousId, signedUpAt - random.delay(4 * minute) - minute);
  const track = (at: number, event: string, properties: Record<string, unknown>) => {
    calls.push({ at, call: { type: "track", userId, anonymousId, event, properties } });
  };
  const identify = (at: number, plan: string) => {
    calls.push({ at, call: { type: "identify", userId, anonymousId, traits: traitsOf(person, plan) } });
  };

  identify(signedUpAt, "trial");
  track(signedUpAt + 1_000, "Account Created", { method: random.pick(["email", "google", "microsoft"]) });
  let at = signedUpAt + minute;
  const begins = random.chance(0.84);
  for (const [index, step] of begins ? onboardingSteps.entries() : []) {
    const seconds = Math.round(20 + random.delay(90));
    at += seconds * 1_000;
    track(at, "Onboarding Step Completed", { step_name: step, step_number: index + 1, time_spent: seconds });
    if (!random.chance(0.9)) break;
  }
  visitFromPhone(random, person, calls);

  let activated = false;
  if (begins && random.chance(0.8)) {
    at = workingMoment(random, at + random.delay(9 * hour));
    track(at, "First Project Created", { template: random.pick(templates), tasks: random.between(0, 12) });
    if (random.chance(inviteChance(person))) {
      at = workingMoment(random, at + random.delay(30 * hour));
      track(at, "Team Member Invited", {
        role: random.pick(["member", "admin", "guest"]),
        invites: random.between(1, 5),
      });
      activated = random.chance(0.9);
    }
  }
  if (activated) {
    at = workingMoment(random, at + random.delay(20 * hour));
    track(at, "Activation Milestone Reached", { milestone: "First task done together" });
  }
  use(random, activated, at, track);
  pay(random, activated, person, identify, track);
  return calls;
}

/** Some look at the product on another device, unknown there until they log in: their two histories are joined. */
function visitFromPhone(random: Random, person: SamplePerson, calls: SampleCall[]): void {
  if (!random.chance(0.06)) return;
  const anonymousId = `sample-phone-${random.name()}`;
  const at = person.signedUpAt + hour + random.delay(2 * day);
  calls.push(...visits(random, anonymousId, at));
  const page = {
    type: "screen",
    name: "Inbox",
    userId: person.userId,
    anonymousId,
    properties: { unread: random.between(0, 9) },
  };
  calls.push({ at: at + minute, call: page });
}

/** The weeks after: those who reached the milestone come back, most others try once more and stay away. */
function use(
  random: Random,
  activated: boolean,
  from: number,
  track: (at: number, event: string, properties: Record<string, unknown>) => void,
): void {
  const times = activated ? random.between(8, 45) : random.between(0, 4);
  let at = from;
  for (let time = 0; time < times; time++) {
    at = workingMoment(random, at + random.delay(activated ? 1.4 * day : 5 * day));
    track(at, "Task Completed", { project: `P-${random.between(100, 999)}`, overdue: random.chance(0.2) });
  }
}

/** The end of the trial. */
function pay(
  random: Random,
  activated: boolean,
  person: SamplePerson,
  identify: (at: number, plan: string) => void,
  track: (at: number, event: string, properties: Record<string, unknown>) => void,
): void {
  const pays = random.chance(activated ? 0.46 : 0.05);
  const at = workingMoment(random, person.signedUpAt + (pays ? random.between(8, trialDays) : trialDays) * day);
  if (!pays) {
    identify(at, "free");
    return;
  }
  const plan = person.companySize > 50 ? "business" : "team";
  track(at, "Subscription Started", { plan, seats: random.between(2, 40), amount: plan === "team" ? 9.5 : 18.25 });
  identify(at + 1_000, plan);
}
