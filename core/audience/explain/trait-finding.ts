import type { HistoryMessage, JsonValue } from "../../event/message";
import { dateOf } from "../date";
import { momentWords } from "../describe/instant-words";
import { scalarWords } from "../describe/operator-words";
import type { TraitNode } from "../filter";
import { matchesEvent } from "../match-event";
import { traitsOf } from "../person";
import type { Subject } from "../subject";
import { fitsSince } from "../trait-node";
import { traitValues } from "../trait-values";
import { isMissing, valuesAt } from "../value";
import type { Evidence, Finding } from "./finding";

/** The value that a trait has, and the message that set it. */
export function traitFinding(node: TraitNode, subject: Subject): Finding {
  const values = traitValues(node.trait, subject);
  return {
    found: [foundWords(node, values, subject), ...heldWords(node, subject)].join(", "),
    decided: decidedBy(node, subject),
    considered: [],
  };
}

function foundWords({ trait }: TraitNode, values: readonly JsonValue[], { moment }: Subject): string {
  if (values.every(isMissing)) return "has no value";
  if (trait === "$first_seen" || trait === "$last_seen") {
    return `was ${values.map((value) => momentWords(dateOf(value, "UTC") ?? 0, moment.timeZone)).join(", ")}`;
  }
  return `is ${values.map(valueText).join(", ")}`;
}

function valueText(value: JsonValue): string {
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  const text = typeof value === "object" && value !== null ? JSON.stringify(value) : scalarWords(value);
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

/** Since when it has been as it is asked to be, where it has to have been so for a time. */
function heldWords(node: TraitNode, subject: Subject): string[] {
  if (!node.heldFor) return [];
  const since = fitsSince(node, subject);
  return since === undefined ? [] : [`held since ${momentWords(since, subject.moment.timeZone)}`];
}

function decidedBy(node: TraitNode, subject: Subject): Evidence[] {
  const { messages, moment } = subject;
  const events = () => messages.filter((message) => matchesEvent({}, message, moment));
  switch (node.trait) {
    case "$first_seen":
      return events().slice(0, 1).map(asEvidence);
    case "$last_seen":
      return events().slice(-1).map(asEvidence);
    case "$user_id":
    case "$anonymous_id":
      return [];
    default:
      return settersOf(node, subject);
  }
}

function asEvidence(message: HistoryMessage): Evidence {
  return { message };
}

/** The message that set the value, and before it the one since which it has held. */
function settersOf(node: TraitNode, subject: Subject): Evidence[] {
  const { messages } = subject;
  const traits = traitsOf(messages);
  const key = Object.hasOwn(traits, node.trait) ? node.trait : (node.trait.split(".")[0] ?? node.trait);
  const setters = messages.filter(({ type, properties }) => type === "identify" && Object.hasOwn(properties, key));
  const since = node.heldFor ? fitsSince(node, subject) : undefined;
  const start = since === undefined ? undefined : setters.findLast(({ timestamp }) => timestamp === since);
  return [...new Set([setters.at(-1), start])].flatMap((message): Evidence[] =>
    message ? [{ message, value: valuesAt(message.properties, node.trait)[0] ?? null }] : [],
  );
}
