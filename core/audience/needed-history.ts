import { eventTypes, type HistoryMessage } from "../event/message";
import { accountDepth, accountLeaves } from "./account-leaves";
import type { AudienceDefinition, AudienceTree, EventMatch } from "./definition";
import { matchedTypes } from "./match-event";
import { accountNodesOf, type Leaf, leavesOf } from "./next-change/leaves";
import { keysOfTrait, matchesOf, traitOfLeaf } from "./next-change/relevant";
import type { AudiencesById } from "./references";

/** The part of a person's history that a definition looks at. */
export interface NeededHistory {
  /** Names of the events of each type; null for all of them. */
  events: ReadonlyMap<HistoryMessage["type"], ReadonlySet<string> | null>;
  /** Top-level keys of the events' properties and contexts, and of identify's traits. */
  propertyKeys: ReadonlySet<string>;
  contextKeys: ReadonlySet<string>;
  traitKeys: ReadonlySet<string>;
  /** Names of the events, of whatever type, of which any property or context is looked at; null for all of them. */
  contentsOf: ReadonlySet<string> | null;
  /** Whether it matters when the person's first or last event was. */
  bounds: boolean;
  /** How many times to go from people to their accounts and the people there; of whom all the same is read. */
  accountDepth: number;
  /** Top-level keys of the traits of accounts. */
  accountTraitKeys: ReadonlySet<string>;
}

/** What has to be read of a person to explain a definition, the audiences that it refers to included. */
export function neededHistory(definition: AudienceDefinition, audiences: AudiencesById): NeededHistory {
  const { leaves, accountTraits } = everyLeaf(definition, audiences);
  const matches = leaves.flatMap((leaf) => (leaf.kind === "trait" ? [] : matchesOf(leaf)));
  const filters = leaves.flatMap(filtersOf);
  const figures = leaves.flatMap(propertyOf);
  const keysOf = (paths: readonly string[]) => new Set(paths.flatMap(keysOfTrait));
  return {
    events: new Map(eventTypes.map((type) => [type, namesOf(matches, type)])),
    propertyKeys: keysOf([...filters.flatMap((filter) => ("property" in filter ? filter.property : [])), ...figures]),
    contextKeys: keysOf(filters.flatMap((filter) => ("context" in filter ? filter.context : []))),
    traitKeys: keysOf(leaves.flatMap((leaf) => traitOfLeaf(leaf) ?? [])),
    contentsOf: contentsOf(leaves),
    bounds: leaves.some(asksForBounds),
    accountDepth: accountDepth(definition, audiences),
    // With the name by which an account is told.
    accountTraitKeys: keysOf(["name", ...accountTraits]),
  };
}

/** What is asked of the person, of the people of their accounts, and of the accounts. */
function everyLeaf(
  tree: { root: AudienceTree },
  audiences: AudiencesById,
): { leaves: Leaf[]; accountTraits: string[] } {
  const asked = accountNodesOf(tree, audiences).map(({ condition }) => accountLeaves(condition));
  const inner = asked.flatMap(({ people }) => people.map((root) => everyLeaf({ root }, audiences)));
  return {
    leaves: [...leavesOf(tree, audiences), ...inner.flatMap(({ leaves }) => leaves)],
    accountTraits: [
      ...asked.flatMap(({ traits }) => traits.map(({ trait }) => trait)),
      ...inner.flatMap(({ accountTraits }) => accountTraits),
    ],
  };
}

/** The property that a condition adds up, or tells people apart by. */
function propertyOf(leaf: Leaf): string[] {
  const figure = leaf.kind === "event" ? leaf.aggregate : leaf.kind === "funnel" ? leaf.funnel.breakdown : undefined;
  return figure && "property" in figure ? [figure.property] : [];
}

function contentsOf(leaves: readonly Leaf[]): ReadonlySet<string> | null {
  const matches = leaves.flatMap((leaf): EventMatch[] => {
    if (leaf.kind === "trait") return [];
    const isAsked = propertyOf(leaf).length > 0 || (leaf.kind === "event" && leaf.then !== undefined);
    return matchesOf(leaf).filter(({ where }) => isAsked || (where !== undefined && where.length > 0));
  });
  const names = matches.flatMap(({ event }) => event ?? []);
  return names.length < matches.length ? null : new Set(names);
}

function asksForBounds(leaf: Leaf): boolean {
  const breakdown = leaf.kind === "funnel" ? leaf.funnel.breakdown : undefined;
  const trait = leaf.kind === "trait" ? leaf.trait : breakdown && "trait" in breakdown ? breakdown.trait : undefined;
  return trait === "$first_seen" || trait === "$last_seen";
}

function filtersOf(leaf: Leaf) {
  const then = leaf.kind === "event" ? (leaf.then ?? []) : [];
  return [...matchesOf(leaf).flatMap(({ where = [] }) => where), ...then];
}

function namesOf(matches: readonly EventMatch[], type: HistoryMessage["type"]): ReadonlySet<string> | null {
  const ofType = matches.filter((match) => matchedTypes(match).includes(type));
  const names = ofType.flatMap(({ event }) => event ?? []);
  return names.length < ofType.length ? null : new Set(names);
}
