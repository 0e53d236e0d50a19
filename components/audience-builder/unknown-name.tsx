"use client";

import type { DraftRow } from "@/client/audience-draft/draft";
import { type MatchInRow, matchesOf } from "@/client/audience-draft/matches-of-row";
import { replaceRow } from "@/client/audience-draft/rows";
import { groupIdTrait } from "@/core/audience/account-node";
import { isReservedTrait } from "@/core/audience/filter";
import { nearestName } from "@/core/nearest-name";
import { TextLink } from "../ui/text-link";
import type { Builder } from "./builder-context";
import { meantEvent, unseenName } from "./event-word";
import { Note } from "./note";
import { isUnseenProperty, propertiesOf } from "./properties-of";

interface Known extends Pick<Builder, "events" | "edit"> {
  /** Of people, or of accounts in a group of an account. */
  traits: readonly { name: string }[] | undefined;
}

/** A note on the first name in a row that nobody has sent, with the one that was probably meant. */
export function unknownName(row: DraftRow, known: Known) {
  if (row.kind === "trait" && row.trait !== null && !isReservedTrait(row.trait) && row.trait !== groupIdTrait) {
    return unknownTrait(row.trait, (trait) => ({ ...row, trait }), known);
  }
  for (const place of matchesOf(row)) {
    const note = unknownEvent(place, known) ?? unknownProperty(place, known);
    if (note) return note;
  }
  return null;
}

function unknownEvent({ match, write }: MatchInRow, { events, edit }: Known) {
  if (unseenName(match, events) === undefined) return null;
  const meant = meantEvent(match, events ?? []);
  const name = meant?.choice.kind === "named" ? meant.choice.event : undefined;
  return (
    <Note tone="wrong">
      No event of the name “{unseenName(match, events)}” has been seen.{" "}
      {meant && (
        <TextLink onClick={() => edit((draft) => replaceRow(draft, write({ ...match, ...meant })))}>
          Use {name}
          {meant.type ? ` (${meant.type})` : ""}
        </TextLink>
      )}
    </Note>
  );
}

function unknownProperty({ match, write }: MatchInRow, { events, edit }: Known) {
  const filter = match.where.find((candidate) => isUnseenProperty(candidate, match, events));
  if (!filter) return null;
  const near = nearestName(
    filter.path ?? "",
    propertiesOf(match, events ?? []).map(({ name }) => name),
  );
  const where = match.where.map((other) => (other === filter ? { ...other, path: near ?? other.path } : other));
  return (
    <Note tone="wrong">
      The event has never had a property “{filter.path}”.{" "}
      {near && (
        <TextLink onClick={() => edit((draft) => replaceRow(draft, write({ ...match, where })))}>Use {near}</TextLink>
      )}
    </Note>
  );
}

function unknownTrait(trait: string, write: (trait: string) => DraftRow, { traits, edit }: Known) {
  const names = traits?.map(({ name }) => name);
  if (!names || names.includes(trait)) return null;
  const near = nearestName(trait, names);
  return (
    <Note tone="wrong">
      No trait of this name has been set.{" "}
      {near && <TextLink onClick={() => edit((draft) => replaceRow(draft, write(near)))}>Use {near}</TextLink>}
    </Note>
  );
}
