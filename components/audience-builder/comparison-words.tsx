"use client";

import { valueForOperator } from "@/client/audience-draft/operator-words";
import { operandFor, operatorWords, valueWords } from "@/core/audience/describe/operator-words";
import { type Operator, operatorsByOperand } from "@/core/audience/filter";
import { useBuilder } from "./builder-context";
import { Picker } from "./picker";
import { useFrequentValues, type ValuesOf } from "./use-frequent-values";
import { ValueEditor } from "./value-editor";
import { ValuePicker } from "./value-picker";
import { WordPopover } from "./word-popover";

interface Comparison {
  op: Operator;
  value: unknown;
}

interface ComparisonWordsProps extends Comparison {
  /** Start of both words' ids: `r3/` or `r3/r7.`. */
  idStart: string;
  /** What is compared: "plan". */
  subject: string;
  /** Types that have been seen of it. */
  types: readonly string[];
  valuesOf: ValuesOf;
  onChange: (comparison: Comparison, step?: string) => void;
  /** Backspace on the value or the operator. */
  onClear?: () => void;
}

/** The operator and the value of a trait or a filter. */
export function ComparisonWords(props: ComparisonWordsProps) {
  const { idStart, subject, types, op, value, onChange, onClear } = props;
  const { open } = useBuilder();
  const valueId = `${idStart}value`;
  return (
    <>
      <WordPopover
        wordId={`${idStart}op`}
        label={operatorWords(op)}
        title={`Choose how ${subject} compares`}
        popoverClassName="w-80"
        onClear={onClear}
      >
        {(opened) => (
          <Picker
            noun="comparisons"
            options={operatorOptions(types)}
            current={op}
            onChoose={(next) => {
              onChange({ op: next, value: valueForOperator(next, op, value) });
              opened.close();
            }}
            onLeave={opened.leave}
          />
        )}
      </WordPopover>{" "}
      {operandFor(op) !== "none" && <ValueWord {...props} wordId={valueId} isOpen={open === valueId} />}
    </>
  );
}

function ValueWord(props: ComparisonWordsProps & { wordId: string; isOpen: boolean }) {
  const { wordId, isOpen, subject, types, op, value, valuesOf, onChange } = props;
  const { timeZone } = useBuilder();
  const seen = useFrequentValues(valuesOf, isOpen);
  const words = valueWords(op, value, timeZone);
  const operand = operandFor(op);
  return (
    <WordPopover
      wordId={wordId}
      look={words === null ? "empty" : "plain"}
      label={words === null ? emptyWords(op) : withSuffix(op, words)}
      title={`Choose the value of ${subject}`}
      popoverClassName={operand === "scalar" || operand === "scalars" ? "w-80" : "w-auto min-w-72"}
      onClear={() => onChange({ op, value: null })}
    >
      {(opened) =>
        operand === "scalar" || operand === "scalars" ? (
          <ValuePicker
            opened={opened}
            values={seen}
            types={types}
            value={value}
            several={operand === "scalars"}
            onChange={(next) => onChange({ op, value: next }, opened.step)}
          />
        ) : (
          <ValueEditor
            opened={opened}
            op={op}
            value={value}
            timeZone={timeZone}
            onChange={(next) => onChange({ op, value: next }, opened.step)}
          />
        )
      }
    </WordPopover>
  );
}

function withSuffix(op: Operator, words: string): string {
  return op === "more_than_ago" ? `${words} ago` : op === "more_than_from_now" ? `${words} from now` : words;
}

function emptyWords(op: Operator): string {
  switch (operandFor(op)) {
    case "moment":
      return "choose a date";
    case "number":
    case "range":
      return "enter a number";
    case "text":
      return "enter a text";
    default:
      return "choose a value";
  }
}

const byType: Record<string, readonly Operator[]> = {
  number: [...operatorsByOperand.number, ...operatorsByOperand.range],
  date: [...operatorsByOperand.duration, ...operatorsByOperand.moment],
};
const ordinary: readonly Operator[] = [
  ...operatorsByOperand.scalar,
  ...operatorsByOperand.scalars,
  ...operatorsByOperand.none,
  ...operatorsByOperand.text,
];

const tails: Partial<Record<Operator, string>> = { more_than_ago: "… ago", more_than_from_now: "… from now" };

/** Those that fit the types that have been seen come first; all of them stay. */
function operatorOptions(types: readonly string[]) {
  const [number = [], date = []] = [byType.number, byType.date];
  const apt = types.includes("date") ? [...date, ...ordinary] : [...ordinary];
  if (types.includes("number")) apt.splice(types.includes("date") ? date.length : 2, 0, ...number);
  const rest = [...number, ...date].filter((op) => !apt.includes(op));
  return [...apt, ...rest].map((op) => ({ key: op, value: op, label: operatorWords(op), kind: tails[op] }));
}
