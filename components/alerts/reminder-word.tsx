"use client";

import { minuteWords } from "@/core/alerts/words";
import { Picker } from "../audience-builder/picker";
import { WordBox } from "./word-box";

const offered = [null, 1, 6, 24, 168] as const;

interface ReminderWordProps {
  wordId: string;
  hours: number | null;
  onChange: (hours: number | null) => void;
}

/** Whether it is told again for as long as it is so. */
export function ReminderWord({ wordId, hours, onChange }: ReminderWordProps) {
  const own = hours === null || offered.some((one) => one === hours) ? [] : [hours];
  return (
    <WordBox
      wordId={wordId}
      label={reminderWords(hours)}
      look={hours === null ? "add" : "plain"}
      title="Reminders"
      className="overflow-hidden"
    >
      {(close) => (
        <Picker
          noun="reminders"
          current={String(hours)}
          options={[...offered, ...own].map((one) => ({ key: String(one), value: one, label: reminderWords(one) }))}
          onChoose={(chosen) => {
            onChange(chosen);
            close();
          }}
        />
      )}
    </WordBox>
  );
}

function reminderWords(hours: number | null): string {
  return hours === null ? "once" : `and again every ${minuteWords(hours * 60).replace(/^1 /, "")}`;
}
