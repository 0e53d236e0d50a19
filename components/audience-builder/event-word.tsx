"use client";

import { nearestName } from "@/core/nearest-name";
import { useBuilder } from "./builder-context";
import { anyWords, type ChosenEvent, eventKey, eventOptions, unseenEvent } from "./options";
import { Picker } from "./picker";
import { WordPopover } from "./word-popover";

interface EventWordProps {
  wordId: string;
  chosen: ChosenEvent;
  onChange: (chosen: ChosenEvent) => void;
}

/** The name of an event, and the list to choose another from. */
export function EventWord({ wordId, chosen, onChange }: EventWordProps) {
  const { events } = useBuilder();
  const { choice } = chosen;
  const look = choice.kind === "unchosen" ? "empty" : unseenName(chosen, events) ? "wrong" : "name";
  return (
    <WordPopover wordId={wordId} look={look} label={labelOf(chosen)} title="Choose an event">
      {(opened) => (
        <Picker
          noun="events"
          options={eventOptions(events ?? [])}
          loading={events === undefined}
          current={eventKey(chosen)}
          typed={unseenEvent}
          onChoose={(next) => {
            onChange(next);
            opened.close();
          }}
          onLeave={opened.leave}
        />
      )}
    </WordPopover>
  );
}

function labelOf({ choice, type }: ChosenEvent): string {
  switch (choice.kind) {
    case "unchosen":
      return "choose an event";
    case "any":
      return anyWords(type);
    case "named":
      return choice.event;
  }
}

/** The name of an event that has never been seen; undefined when it has, or this is not known yet. */
export function unseenName({ choice, type }: ChosenEvent, events: readonly SeenName[] | undefined): string | undefined {
  if (choice.kind !== "named" || !events) return undefined;
  const seen = events.some((event) => event.event === choice.event && event.type === (type ?? "track"));
  return seen ? undefined : choice.event;
}

interface SeenName {
  event: string;
  type: string;
}

/** The event that an unseen name was probably meant to be. */
export function meantEvent(chosen: ChosenEvent, events: readonly SeenName[]): ChosenEvent | undefined {
  if (chosen.choice.kind !== "named") return undefined;
  const { event } = chosen.choice;
  const sameName = events.find((seen) => seen.event === event);
  if (sameName) return { choice: chosen.choice, type: typeOf(sameName.type) };
  const type = chosen.type ?? "track";
  const near = nearestName(
    event,
    events.filter((seen) => seen.type === type).map((seen) => seen.event),
  );
  return near === undefined ? undefined : { choice: { kind: "named", event: near }, type: chosen.type };
}

function typeOf(type: string): ChosenEvent["type"] {
  return type === "page" || type === "screen" ? type : undefined;
}
