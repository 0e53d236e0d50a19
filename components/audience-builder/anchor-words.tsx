"use client";

import { CalendarDays, Eye } from "lucide-react";
import type { AudienceDraft } from "@/client/audience-draft/draft";
import type { DraftAnchor } from "@/client/audience-draft/draft-window";
import type { SeenEvent, SeenTrait } from "@/core/api/catalogue";
import { useBuilder } from "./builder-context";
import { unseenName } from "./event-word";
import { FilterList } from "./filter-list";
import { type ChosenEvent, eventKey, eventOptions, unseenEvent } from "./options";
import { Picker, type PickerOption } from "./picker";
import { WordPopover } from "./word-popover";

interface AnchorWordsProps {
  rowId: string;
  anchor: DraftAnchor;
  write: (draft: AudienceDraft, anchor: DraftAnchor) => AudienceDraft;
}

/** The moment of each person that a window starts at: "their first Account Created where …", "their signup_date". */
export function AnchorWords({ rowId, anchor, write }: AnchorWordsProps) {
  const { edit, events, traits } = useBuilder();
  const wordId = `${rowId}/anchor`;
  const unseen = anchor.kind === "event" && unseenName(anchor, events) !== undefined;
  return (
    <>
      <WordPopover
        wordId={wordId}
        look={unseen ? "wrong" : "name"}
        label={labelOf(anchor)}
        title="Choose the moment that it starts at"
      >
        {(opened) => (
          <Picker
            noun="moments"
            options={anchorOptions(events ?? [], traits ?? [])}
            loading={events === undefined || traits === undefined}
            current={keyOf(anchor)}
            typed={(text) => eventOption(unseenEvent(text))}
            onChoose={(next) => {
              edit((draft) => write(draft, next));
              opened.close();
            }}
            onLeave={opened.leave}
          />
        )}
      </WordPopover>{" "}
      {anchor.kind === "event" && (
        <FilterList
          rowId={rowId}
          match={anchor}
          filters={anchor.where}
          write={(draft, where) => write(draft, { ...anchor, where })}
          lead="having"
          backTo={wordId}
        />
      )}
    </>
  );
}

function labelOf(anchor: DraftAnchor): string {
  switch (anchor.kind) {
    case "first_seen":
      return "they were first seen";
    case "trait":
      return `their ${anchor.trait}`;
    case "event":
      return anchor.choice.kind === "named" ? `their first ${anchor.choice.event}` : "choose an event";
  }
}

function keyOf(anchor: DraftAnchor): string {
  switch (anchor.kind) {
    case "first_seen":
      return "first seen";
    case "trait":
      return `trait ${anchor.trait}`;
    case "event":
      return eventKey(anchor);
  }
}

/** First seen, the traits that are dates, then every event. */
function anchorOptions(events: readonly SeenEvent[], traits: readonly SeenTrait[]): PickerOption<DraftAnchor>[] {
  return [
    {
      key: "first seen",
      value: { kind: "first_seen" },
      label: "first seen",
      kind: "their very first event",
      icon: Eye,
    },
    ...traits
      .filter(({ types }) => types.includes("date"))
      .map(
        ({ name, people }): PickerOption<DraftAnchor> => ({
          key: `trait ${name}`,
          value: { kind: "trait", trait: name },
          label: name,
          kind: "a date trait",
          icon: CalendarDays,
          people,
        }),
      ),
    ...eventOptions(events)
      .filter(({ value }) => value.choice.kind === "named")
      .map(eventOption),
  ];
}

function eventOption({ value, ...option }: PickerOption<ChosenEvent>): PickerOption<DraftAnchor> {
  return { ...option, value: { kind: "event", choice: value.choice, type: value.type, where: [] } };
}
