import { day, define, group, identify, now, page, type SemanticCase, screen, track } from "./case";

const everybody = define({ kind: "event", count: { op: "at_least", value: 0 } });
const did = (event: string) => ({ kind: "event" as const, event });
const didNot = (event: string) => ({ kind: "event" as const, event, count: { op: "exactly" as const, value: 0 } });

export const candidatesAndGroups: readonly SemanticCase[] = [
  {
    says: "a candidate has at least one message, of any type, at or before now",
    definition: everybody,
    people: {
      event: [track("A")],
      trait: [identify({})],
      company: [group({})],
      edge: [track("A", now)],
      later: [track("A", now + 1)],
    },
    in: ["event", "trait", "company", "edge"],
  },
  {
    says: "people known only by an anonymousId are left out by default",
    definition: define(did("A")),
    people: { known: [track("A")], VISITOR: [track("A")] },
    in: ["known"],
  },
  {
    says: "includeAnonymous lets them count",
    definition: define(did("A"), true),
    people: { known: [track("A")], VISITOR: [track("A")] },
    in: ["known", "VISITOR"],
  },
  {
    says: "absence is measured over the candidates, and nobody is left out for being new",
    definition: define(didNot("A")),
    people: {
      did: [track("A")],
      other: [track("B")],
      fresh: [identify({}, now)],
      future: [track("A", now + 1)],
      VISITOR: [track("B")],
    },
    in: ["other", "fresh"],
  },
  {
    says: "a message after now does not exist yet",
    definition: define({ kind: "all", conditions: [did("B"), didNot("A")] }),
    people: { both: [track("B"), track("A")], soon: [track("B"), track("A", now + 1)] },
    in: ["soon"],
  },
  {
    says: "all: every child is true",
    definition: define({ kind: "all", conditions: [did("A"), did("B")] }),
    people: { both: [track("A"), track("B")], one: [track("A")], none: [track("C")] },
    in: ["both"],
  },
  {
    says: "any: some child is true",
    definition: define({ kind: "any", conditions: [did("A"), did("B")] }),
    people: { both: [track("A"), track("B")], one: [track("B")], none: [track("C")] },
    in: ["both", "one"],
  },
  {
    says: "not: the child is false",
    definition: define({ kind: "not", condition: { kind: "any", conditions: [did("A"), did("B")] } }),
    people: { both: [track("A"), track("B")], one: [track("B")], none: [track("C")], VISITOR: [track("C")] },
    in: ["none"],
  },
  {
    says: "absence holds alone or inside any group",
    definition: define({
      kind: "any",
      conditions: [{ kind: "all", conditions: [did("A"), didNot("B")] }, didNot("C")],
    }),
    people: { first: [track("A"), track("C")], second: [track("A"), track("B")], neither: [track("B"), track("C")] },
    in: ["first", "second"],
  },
  {
    says: "type is track by default when event is given",
    definition: define(did("Pricing")),
    people: { tracked: [track("Pricing")], viewed: [page("Pricing")], seen: [screen("Pricing")] },
    in: ["tracked"],
  },
  {
    says: "a page is picked by its name",
    definition: define({ kind: "event", event: "Pricing", type: "page" }),
    people: {
      tracked: [track("Pricing")],
      viewed: [page("Pricing")],
      seen: [screen("Pricing")],
      other: [page("Home")],
    },
    in: ["viewed"],
  },
  {
    says: "left out, any event counts, and identify and group are none",
    definition: define({ kind: "event" }),
    people: { tracked: [track("A")], viewed: [page("B")], seen: [screen("C")], known: [identify({}), group({})] },
    in: ["tracked", "viewed", "seen"],
  },
  {
    says: "a type alone picks any event of that type",
    definition: define({ kind: "event", type: "screen" }),
    people: { tracked: [track("A")], viewed: [page("B")], seen: [screen("C")] },
    in: ["seen"],
  },
  {
    says: "the name is exact",
    definition: define(did("Account Created")),
    people: {
      exact: [track("Account Created")],
      small: [track("account created")],
      longer: [track("Account Created ")],
    },
    in: ["exact"],
  },
  {
    says: "audience: the person is in that audience by its own definition, its own includeAnonymous too",
    definition: define({ kind: "audience", audienceId: "one", member: true }, true),
    people: { known: [track("A")], VISITOR: [track("A")], other: [track("B")] },
    audiences: { one: define(did("A")) },
    in: ["known"],
  },
  {
    says: "audience: not in it, of the candidates",
    definition: define({ kind: "audience", audienceId: "one", member: false }, true),
    people: { known: [track("A")], VISITOR: [track("A")], other: [track("B")], LATER: [track("B", now + 1)] },
    audiences: { one: define(did("A")) },
    in: ["VISITOR", "other"],
  },
  {
    says: "an audience may refer to another one that refers to a third, all at the same now",
    definition: define({ kind: "audience", audienceId: "outer", member: true }),
    people: { old: [track("A", now - 3 * day)], recent: [track("A")], none: [track("B")] },
    audiences: {
      outer: define({ kind: "not", condition: { kind: "audience", audienceId: "inner", member: true } }),
      inner: define({ ...did("A"), window: { kind: "last", amount: 2, unit: "day" } }),
    },
    in: ["old", "none"],
  },
];
