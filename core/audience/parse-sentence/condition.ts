import { AppError } from "../../errors";
import { groupIdTrait } from "../account-node";
import { groupIdWords } from "../describe/account-phrases";
import { reservedTraitWords } from "../describe/describe-node";
import { reservedTraits } from "../filter";
import { readComparison } from "./comparison";
import { readEvent } from "./event";
import type { Reader } from "./reader";

/** Ids of the audiences that are called so. */
export type AudiencesNamed = (name: string) => readonly string[];

const ownTraits = reservedTraits.map((trait): [string, string] => [reservedTraitWords[trait], trait]);

/** Conditions up to the next closing bracket or the end: one, or several of one group. */
export function readConditions(reader: Reader, named: AudiencesNamed): unknown {
  return readGroup(reader, () => readCondition(reader, named));
}

/** The same of conditions of any kind. */
function readGroup(reader: Reader, readOne: () => unknown): unknown {
  const first = readOne();
  const kind = joinerOf(reader);
  if (!kind) return first;
  const conditions = [first];
  while (joinerOf(reader) === kind) {
    reader.expect(kind === "all" ? ", and" : ", or");
    conditions.push(readOne());
  }
  if (joinerOf(reader))
    return reader.fail("brackets around what belongs together, for “and” and “or” stand side by side,");
  return { kind, conditions };
}

function joinerOf(reader: Reader): "all" | "any" | undefined {
  if (reader.sees(", and")) return "all";
  return reader.sees(", or") ? "any" : undefined;
}

function readCondition(reader: Reader, named: AudiencesNamed): unknown {
  return (
    readBracketed(reader, () => readCondition(reader, named)) ??
    readTrait(reader, ownTraits) ??
    readAudience(reader, named) ??
    readAccount(reader, named) ??
    readFunnel(reader) ??
    readEvent(reader) ??
    reader.fail("a condition: “did”, “did not”, “trait”, “is in” or the like")
  );
}

/** A negation or a group in brackets, of conditions of any kind. */
function readBracketed(reader: Reader, readOne: () => unknown): unknown {
  if (reader.takes("not (")) return { kind: "not", condition: closed(reader, readOne) };
  if (reader.takes("all of (")) return { kind: "all", conditions: [closed(reader, readOne)] };
  if (reader.takes("any of (")) return { kind: "any", conditions: [closed(reader, readOne)] };
  return reader.takes("(") ? closed(reader, readOne) : undefined;
}

function closed(reader: Reader, readOne: () => unknown): unknown {
  const inside = reader.deeper(() => readGroup(reader, readOne));
  reader.expect(")");
  return inside;
}

function readAccount(reader: Reader, named: AudiencesNamed): unknown {
  if (!reader.takes("belongs to an account where (")) return undefined;
  return { kind: "account", condition: closed(reader, () => readAccountCondition(reader, named)) };
}

function readAccountCondition(reader: Reader, named: AudiencesNamed): unknown {
  return (
    readBracketed(reader, () => readAccountCondition(reader, named)) ??
    readTrait(reader, [[groupIdWords, groupIdTrait]]) ??
    readPerson(reader, named) ??
    reader.fail("a condition on an account: “trait”, “account id” or “some person”")
  );
}

function readPerson(reader: Reader, named: AudiencesNamed): unknown {
  if (!reader.takes("some person (")) return undefined;
  return { kind: "person", condition: closed(reader, () => readCondition(reader, named)) };
}

/** `own` are names that stand for what is known besides traits. */
function readTrait(reader: Reader, own: readonly (readonly [string, string])[]): unknown {
  const trait = reader.takesOne(own) ?? (reader.takes("trait") ? reader.name("a trait") : undefined);
  if (trait === undefined) return undefined;
  const comparison = readComparison(reader);
  const held = reader.takes("for at least") ? { heldFor: reader.duration() } : {};
  return { kind: "trait", trait, ...comparison, ...held };
}

function readAudience(reader: Reader, named: AudiencesNamed): unknown {
  const member = reader.takesOne([
    ["is in", true],
    ["is not in", false],
  ]);
  if (member === undefined) return undefined;
  if (reader.takes("audience")) return { kind: "audience", audienceId: reader.name("the audience's id"), member };
  const name = reader.name("an audience");
  const [audienceId, another] = named(name);
  if (audienceId === undefined) throw new AppError("invalid", `There is no audience called “${name}”.`);
  if (another !== undefined) {
    throw new AppError("invalid", `There are several audiences called “${name}”. Write: is in audience "its id".`);
  }
  return { kind: "audience", audienceId, member };
}

/** A figure of a funnel is JSON in quotes: it has words for reading only. */
function readFunnel(reader: Reader): unknown {
  if (!reader.takes("funnel")) return undefined;
  const text = reader.name("a funnel condition");
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("invalid", "What stands in quotes after “funnel” is not JSON.");
  }
}
