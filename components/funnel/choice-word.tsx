"use client";

import { Picker, type PickerOption } from "../audience-builder/picker";
import { WordPopover } from "../audience-builder/word-popover";

interface ChoiceWordProps<Value extends string> {
  wordId: string;
  title: string;
  value: Value;
  /** What each choice is called. */
  words: Readonly<Record<Value, string>>;
  /** What each choice means, after its name. */
  meanings: Readonly<Record<Value, string>>;
  /** In the order in which they are offered; the first one is what Backspace goes back to. */
  choices: readonly Value[];
  onChange: (value: Value) => void;
}

/** A word that is one of a few. */
export function ChoiceWord<Value extends string>(props: ChoiceWordProps<Value>) {
  const { wordId, title, value, words, meanings, choices, onChange } = props;
  const [usual] = choices;
  return (
    <WordPopover
      wordId={wordId}
      label={words[value]}
      title={title}
      hint={meanings[value]}
      popoverClassName="w-96"
      onClear={() => usual !== undefined && onChange(usual)}
    >
      {(opened) => (
        <Picker
          noun="choices"
          current={value}
          options={choices.map(
            (choice): PickerOption<Value> => ({
              key: choice,
              value: choice,
              label: words[choice],
              kind: meanings[choice],
            }),
          )}
          onChoose={(chosen) => {
            onChange(chosen);
            opened.close();
          }}
          onLeave={opened.leave}
        />
      )}
    </WordPopover>
  );
}
