"use client";

import { useBuilder } from "../audience-builder/builder-context";
import { type ChosenEvent, eventOptions, unseenEvent } from "../audience-builder/options";
import { Picker } from "../audience-builder/picker";
import { WordPopover } from "../audience-builder/word-popover";

interface AddEventWordProps {
  wordId: string;
  label: string;
  title: string;
  /** Only events by their names, not any event at all. */
  named?: boolean;
  onChoose: (chosen: ChosenEvent) => void;
}

/** "+ step": a word under which an event is chosen, and added. */
export function AddEventWord({ wordId, label, title, named = false, onChoose }: AddEventWordProps) {
  const { events, focus } = useBuilder();
  const options = eventOptions(events ?? []);
  return (
    <WordPopover wordId={wordId} look="add" label={label} title={title}>
      {(opened) => (
        <Picker
          noun="events"
          options={named ? options.filter(({ value }) => value.choice.kind === "named") : options}
          loading={events === undefined}
          typed={unseenEvent}
          onChoose={(chosen) => {
            onChoose(chosen);
            opened.close();
            focus(wordId);
          }}
          onLeave={opened.leave}
        />
      )}
    </WordPopover>
  );
}
