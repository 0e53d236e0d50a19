"use client";

import { Picker } from "./picker";
import { WordPopover } from "./word-popover";

interface ThenWordProps {
  wordId: string;
  /** "and then not". */
  absent: boolean;
  /** Makes the other of the two of it; undefined where it cannot be. */
  turn?: () => void;
  remove: () => void;
}

/** "then" or "and then not": what a step begins with. Backspace takes the step away. */
export function ThenWord({ wordId, absent, turn, remove }: ThenWordProps) {
  return (
    <WordPopover
      wordId={wordId}
      look={absent ? "absence" : "plain"}
      label={absent ? "and then not" : "then"}
      title="Then, or then not"
      popoverClassName="w-56"
      onClear={remove}
    >
      {(opened) => (
        <Picker
          noun="choices"
          current={absent ? "not" : "then"}
          options={[
            ...(turn || !absent ? [{ key: "then", value: "then" as const, label: "then" }] : []),
            ...(turn || absent ? [{ key: "not", value: "not" as const, label: "and then not" }] : []),
            { key: "remove", value: "remove" as const, label: "remove this step" },
          ]}
          onChoose={(choice) => {
            opened.close();
            if (choice === "remove") remove();
            else if ((choice === "not") !== absent) turn?.();
          }}
          onLeave={opened.leave}
        />
      )}
    </WordPopover>
  );
}
