import { AppWindow, Braces, Eye, IdCard, ListOrdered, Smartphone, Tag, Users, Zap } from "lucide-react";
import type { EventChoice } from "@/client/audience-draft/draft-match";
import {
  audienceSentence,
  eventSentence,
  type NewSentence,
  sequenceSentence,
  traitSentence,
} from "@/client/audience-draft/new-row";
import type { AudienceWithCount } from "@/core/api/audiences";
import type { SeenEvent, SeenProperty, SeenTrait } from "@/core/api/catalogue";
import { reservedTraitWords } from "@/core/audience/describe/describe-node";
import { type Operator, type ReservedTrait, reservedTraits } from "@/core/audience/filter";
import type { EventType } from "@/core/event/message";
import type { PickerOption } from "./picker";

/** An event as it is chosen: the name, or any of its type. */
export interface ChosenEvent {
  choice: EventChoice;
  type?: EventType;
}

const eventIcons = { track: Zap, page: AppWindow, screen: Smartphone } as const;

export function eventKey({ choice, type }: ChosenEvent): string {
  return `${type ?? (choice.kind === "named" ? "track" : "any")} ${choice.kind === "named" ? choice.event : choice.kind}`;
}

function named(event: string, type: EventType): ChosenEvent {
  // A track is what a name means by itself.
  return { choice: { kind: "named", event }, type: type === "track" ? undefined : type };
}

function looksOf(seen: SeenEvent): Omit<PickerOption<never>, "key" | "value"> {
  return {
    label: seen.event,
    kind: seen.type === "track" ? undefined : seen.type,
    icon: eventIcons[seen.type],
    people: seen.people,
    daily: seen.daily,
    faded: seen.daily.every((events) => events === 0),
  };
}

/** Events by people, then "any event" and the like. */
export function eventOptions(events: readonly SeenEvent[]): PickerOption<ChosenEvent>[] {
  const seen = events.toSorted((a, b) => b.people - a.people);
  const types = (["page", "screen"] as const).filter((type) => events.some((event) => event.type === type));
  return [
    ...seen.map((event) => {
      const value = named(event.event, event.type);
      return { ...looksOf(event), key: eventKey(value), value };
    }),
    ...[undefined, ...types].map((type) => {
      const value: ChosenEvent = { choice: { kind: "any" }, type };
      return { key: eventKey(value), value, label: anyWords(type), icon: type ? eventIcons[type] : Zap };
    }),
  ];
}

export function anyWords(type: EventType | undefined): string {
  return type === undefined || type === "track" ? "any event" : `any ${type}`;
}

/** For a name that has not been seen. */
export function unseenEvent(text: string): PickerOption<ChosenEvent> {
  const value = named(text, "track");
  return { key: `unseen ${text}`, value, label: text, kind: "never seen", icon: Zap, people: 0, faded: true };
}

/** A trait as it is chosen, with the comparison that it begins with where that is not “is”. */
export interface ChosenTrait {
  trait: string;
  op?: Operator;
}

/** What is known of everybody, whatever has been sent. */
export const reservedTypes = {
  $first_seen: ["date"],
  $last_seen: ["date"],
  $user_id: ["text"],
  $anonymous_id: ["text"],
} as const satisfies Record<ReservedTrait, readonly string[]>;

/** Traits by people, then what is known of everybody. */
export function traitOptions(traits: readonly SeenTrait[]): PickerOption<ChosenTrait>[] {
  return [
    ...traits
      .toSorted((a, b) => b.people - a.people)
      .map((trait) => ({
        key: trait.name,
        value: { trait: trait.name },
        label: trait.name,
        kind: trait.types.filter((type) => type !== "null").join(", "),
        icon: Tag,
        people: trait.people,
      })),
    ...reservedTraits.map((trait): PickerOption<ChosenTrait> => {
      const isDate = reservedTypes[trait][0] === "date";
      return {
        key: trait,
        value: { trait, op: isDate ? "within_last" : "equals" },
        label: reservedTraitWords[trait],
        kind: isDate ? "date, of everyone" : "text, of everyone",
        icon: isDate ? Eye : IdCard,
      };
    }),
  ];
}

export function unseenTrait(text: string): PickerOption<ChosenTrait> {
  return {
    key: `unseen ${text}`,
    value: { trait: text },
    label: text,
    kind: "never set",
    icon: Tag,
    people: 0,
    faded: true,
  };
}

export function audienceOptions(audiences: readonly AudienceWithCount[]): PickerOption<string>[] {
  return audiences.map(({ id, name, count }) => ({ key: id, value: id, label: name, icon: Users, people: count }));
}

/** Where a filter looks: a property of the event, or a part of its context. */
export interface FilterTarget {
  of: "property" | "context";
  path: string;
}

const contextPaths = [
  "page.path",
  "page.url",
  "page.title",
  "page.referrer",
  "campaign.source",
  "campaign.medium",
  "campaign.name",
  "locale",
  "userAgent",
  "ip",
  "device.type",
  "os.name",
  "app.version",
];

export function targetKey({ of, path }: FilterTarget): string {
  return `${of} ${path}`;
}

export function targetOptions(properties: readonly SeenProperty[]): PickerOption<FilterTarget>[] {
  const option = (value: FilterTarget, kind: string): PickerOption<FilterTarget> => {
    return { key: targetKey(value), value, label: value.path, kind, icon: value.of === "property" ? Tag : Braces };
  };
  return [
    ...properties.map(({ name, types }) =>
      option({ of: "property", path: name }, types.filter((type) => type !== "null").join(", ")),
    ),
    ...contextPaths.map((path) => option({ of: "context", path }, "context")),
  ];
}

/** Properties by their paths; for a figure those first that have numbers. */
export function propertyOptions(properties: readonly SeenProperty[], numbersFirst: boolean): PickerOption<string>[] {
  const options = properties.map(({ name, types }) => ({
    key: name,
    value: name,
    label: name,
    kind: types.filter((type) => type !== "null").join(", "),
    icon: Tag,
    faded: numbersFirst && !types.includes("number"),
  }));
  return options.toSorted((a, b) => Number(a.faded) - Number(b.faded));
}

export function unseenProperty(text: string): PickerOption<string> {
  return { key: `unseen ${text}`, value: text, label: text, kind: "never seen", icon: Tag, faded: true };
}

export function unseenTarget(text: string): PickerOption<FilterTarget> {
  return {
    key: `unseen ${text}`,
    value: { of: "property", path: text },
    label: text,
    kind: "never seen",
    icon: Tag,
    faded: true,
  };
}

/** Everything a condition can begin with: events, traits and audiences in one list. */
export function conditionOptions(
  events: readonly SeenEvent[],
  traits: readonly SeenTrait[],
  audiences: readonly AudienceWithCount[],
): PickerOption<NewSentence>[] {
  return [
    ...events
      .toSorted((a, b) => b.people - a.people)
      .map((event) => ({
        ...looksOf(event),
        key: `event ${event.type} ${event.event}`,
        value: eventSentence(event.event, event.type),
      })),
    {
      key: "sequence",
      value: sequenceSentence(),
      label: "several events in order",
      kind: "sequence: did A, then within 7 days B",
      icon: ListOrdered,
    },
    ...traitOptions(traits).map(({ value, ...option }) => ({
      ...option,
      key: `trait ${option.key}`,
      kind: option.people === undefined ? option.kind : "trait",
      value: traitSentence(value.trait, value.op),
    })),
    ...audienceOptions(audiences).map((option) => ({
      ...option,
      key: `audience ${option.key}`,
      kind: "audience",
      value: audienceSentence(option.value),
    })),
  ];
}

export function unseenSentence(text: string): PickerOption<NewSentence> {
  return { ...unseenEvent(text), value: eventSentence(text) };
}
