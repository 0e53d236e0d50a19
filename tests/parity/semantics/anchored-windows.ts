import type { EventNode, WindowAnchor } from "@/core/audience/definition";
import type { JsonValue } from "@/core/event/message";
import { day, define, hour, identify, now, page, type SemanticCase, screen, track } from "./case";

const after = (anchor: WindowAnchor, rest: Partial<EventNode> = {}) =>
  define({ kind: "event", event: "A", window: { kind: "after", anchor, amount: 2, unit: "day" }, ...rest });
const signedUp = { event: "Signed Up" };
const start = now - 10 * day;
const signUp = track("Signed Up", start);

export const anchoredWindows: readonly SemanticCase[] = [
  {
    says: "after an event: a ≤ t ≤ a + W",
    definition: after(signedUp),
    people: {
      before: [track("A", start - 1), signUp],
      at: [signUp, track("A", start)],
      tied: [track("A", start), signUp],
      inside: [signUp, track("A", start + day)],
      edge: [signUp, track("A", start + 2 * day)],
      over: [signUp, track("A", start + 2 * day + 1)],
      without: [track("A", start)],
    },
    in: ["at", "tied", "inside", "edge"],
  },
  {
    says: "the anchor is the first event that fits",
    definition: after({ ...signedUp, where: [{ property: "plan", op: "equals", value: "pro" }] }),
    people: {
      first: [
        track("Signed Up", start, { plan: "pro" }),
        track("Signed Up", start + 5 * day, { plan: "pro" }),
        track("A", start + day),
      ],
      later: [
        track("Signed Up", start, { plan: "pro" }),
        track("Signed Up", start + 5 * day, { plan: "pro" }),
        track("A", start + 6 * day),
      ],
      fitting: [
        track("Signed Up", start, { plan: "free" }),
        track("Signed Up", start + 5 * day, { plan: "pro" }),
        track("A", start + 6 * day),
      ],
      none: [track("Signed Up", start, { plan: "free" }), track("A", start + day)],
    },
    in: ["first", "fitting"],
  },
  {
    says: "of the anchor's type",
    definition: after({ event: "Pricing", type: "page" }),
    people: {
      page: [page("Pricing", start), track("A", start + day)],
      track: [track("Pricing", start), track("A", start + day)],
    },
    in: ["page"],
  },
  {
    says: "without an anchor no event falls in it, so exactly 0 holds",
    definition: after(signedUp, { count: { op: "exactly", value: 0 } }),
    people: { without: [track("A", start)], did: [signUp, track("A", start + day)], not: [signUp, track("A", now)] },
    in: ["without", "not"],
  },
  {
    says: "the moment after an anchor may still be open",
    definition: after(signedUp),
    people: {
      new: [track("Signed Up", now - hour), track("A", now)],
      future: [track("Signed Up", now - hour), track("A", now + 1)],
    },
    in: ["new"],
  },
  {
    says: "an anchor after now does not exist yet",
    definition: after(signedUp),
    now: start + day,
    people: { later: [track("B", start), track("Signed Up", start + day + 1), track("A", start + day)] },
    in: [],
  },
  {
    says: "after first_seen: the first event, whatever it is",
    definition: after("first_seen"),
    people: {
      soon: [page("Home", start), track("A", start + 2 * day)],
      late: [screen("Home", start), track("A", start + 2 * day + 1)],
      itself: [track("A", start)],
      identified: [identify({}, start - 9 * day), track("A", start)],
      never: [identify({}, start)],
    },
    in: ["soon", "itself", "identified"],
  },
  {
    says: "after a date among the traits, as of now",
    definition: after({ trait: "trial.start" }),
    people: Object.fromEntries(
      Object.entries<JsonValue>({
        iso: new Date(start).toISOString(),
        seconds: start / 1000,
        text: String(start),
        list: ["x", new Date(now).toISOString(), new Date(start).toISOString()],
        late: new Date(start + 1 + day).toISOString(),
        word: "soon",
        none: null,
      }).map(([name, value]) => [name, [identify({ trial: { start: value } }), track("A", start + day)]]),
    ),
    in: ["iso", "seconds", "text", "list"],
  },
  {
    says: "the trait that anchors is the last one set",
    definition: after({ trait: "renewed" }),
    people: {
      moved: [
        identify({ renewed: new Date(start).toISOString() }, start),
        identify({ renewed: new Date(start + 5 * day).toISOString() }, now),
        track("A", start + 6 * day),
      ],
      left: [
        identify({ renewed: new Date(start).toISOString() }, start),
        identify({ renewed: new Date(start + 5 * day).toISOString() }, now),
        track("A", start + day),
      ],
    },
    in: ["moved"],
  },
  {
    says: "a date alone is its midnight in the workspace's zone",
    definition: after({ trait: "start" }),
    timeZone: "America/New_York",
    people: {
      at: [identify({ start: "2026-11-20" }), track("A", Date.UTC(2026, 10, 20, 5))],
      before: [identify({ start: "2026-11-20" }), track("A", Date.UTC(2026, 10, 20, 5) - 1)],
      end: [identify({ start: "2026-11-20" }), track("A", Date.UTC(2026, 10, 22, 5))],
    },
    in: ["at", "end"],
  },
  {
    says: "after what is reserved: the two days after the last event hold the last event",
    definition: after({ trait: "$last_seen" }),
    people: { last: [track("B", start), track("A", now)], other: [track("A", start), track("B", now)] },
    in: ["last"],
  },
  {
    says: "filters, counts and picks go with it",
    definition: after(signedUp, { occurrence: "first", count: { op: "at_least", value: 1 } }),
    people: {
      first: [signUp, track("A", start + day), track("A", now)],
      before: [track("A", start - day), signUp, track("A", start + day)],
    },
    in: ["first"],
  },
  {
    says: "figures too",
    definition: after(signedUp, { aggregate: { fn: "sum", property: "n", op: "eq", value: 3 } }),
    people: {
      both: [signUp, track("A", start, { n: 1 }), track("A", start + 2 * day, { n: 2 }), track("A", now, { n: 9 })],
      one: [signUp, track("A", start - 1, { n: 1 }), track("A", start + 2 * day, { n: 2 })],
    },
    in: ["both"],
  },
  {
    says: "and a sequence whose first step lies in it",
    definition: define({
      kind: "sequence",
      steps: [{ event: "A" }, { event: "B" }],
      window: { kind: "after", anchor: signedUp, amount: 2, unit: "day" },
    }),
    people: {
      inside: [signUp, track("A", start + day), track("B", now)],
      outside: [signUp, track("A", start + 3 * day), track("B", now)],
      without: [track("A", start + day), track("B", now)],
    },
    in: ["inside"],
  },
];
