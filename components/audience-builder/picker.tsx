"use client";

import { Check, type LucideIcon, Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { formatCount, formatNoun } from "@/client/format";
import { Sparkline } from "../charts/sparkline";
import { cn } from "../ui/class-names";
import { Kbd } from "../ui/kbd";
import { Marked } from "./marked";
import { matchingOptions } from "./matching";

/** One thing to choose. */
export interface PickerOption<Value> {
  key: string;
  value: Value;
  label: string;
  /** After the label, quiet: "page". */
  kind?: string;
  icon?: LucideIcon;
  people?: number;
  /** Events of each of the last 30 days. */
  daily?: readonly number[];
  /** Stays, greyed: never seen, or not lately. */
  faded?: boolean;
  /** Of several that can be chosen together. */
  checked?: boolean;
}

interface PickerProps<Value> {
  /** What is chosen from, plural: "events". */
  noun: string;
  options: readonly PickerOption<Value>[];
  onChoose: (value: Value) => void;
  /** What to offer for a text that no option has. */
  typed?: (text: string) => PickerOption<Value> | null;
  onLeave?: (by: 1 | -1) => void;
  /** Key of the option that holds now. */
  current?: string;
  loading?: boolean;
  /** What the figures at the right are of. */
  figure?: string;
}

const shown = 100;

/** A searchable list: the focus stays in its field, which points at the option that Enter takes. */
export function Picker<Value>(props: PickerProps<Value>) {
  const { noun, options, onChoose, typed, onLeave, current, loading = false, figure = "People" } = props;
  const id = useId();
  const [search, setSearch] = useState("");
  const [active, setActive] = useState(() => options.findIndex((option) => option.key === current));
  // Enter came before what there is to choose from.
  const [accepting, setAccepting] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const wanted = search.trim();
  const found = matchingOptions(options, wanted);
  // Until the names are known, nobody can say that this one is new.
  const exact = loading || found.some((option) => option.label === wanted);
  const own = wanted !== "" && !exact ? typed?.(wanted) : null;
  const all = own ? [...found.slice(0, shown), own] : found.slice(0, shown);
  const at = Math.min(Math.max(0, active), all.length - 1);
  // A few fixed choices need no searching: the field stays, unseen, for the keys.
  const bare = typed === undefined && options.length <= 7 && !withFigures(options) && !loading;
  const withLine = options.some((option) => option.daily !== undefined);
  const withPeople = options.some((option) => option.people !== undefined);

  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const option = all[at];
  useEffect(() => {
    if (loading || !accepting) return;
    setAccepting(false);
    if (option) onChoose(option.value);
  }, [loading, accepting, option, onChoose]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) setActive(Math.min(all.length - 1, Math.max(0, at + step)));
    else if (event.key === "Home" && wanted === "") setActive(0);
    else if (event.key === "End" && wanted === "") setActive(all.length - 1);
    else if (event.key === "Enter" && loading) setAccepting(true);
    else if (event.key === "Enter" && option) onChoose(option.value);
    else if (event.key === "Tab" && onLeave) {
      if (option && !event.shiftKey && (wanted !== "" || active >= 0)) onChoose(option.value);
      onLeave(event.shiftKey ? -1 : 1);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="flex min-h-0 flex-col">
      <label
        className={
          bare ? "sr-only" : "flex h-[34px] flex-none items-center gap-2 border-b border-line px-3 max-desk:h-12"
        }
      >
        <Search aria-hidden className="text-ink-3" />
        <span className="sr-only">Search {noun}</span>
        <input
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={all.length > 0 ? `${id}-${at}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          // What was accepted is no longer changed.
          readOnly={accepting}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="min-w-0 flex-1 bg-transparent outline-none max-desk:text-16"
        />
        <span className="max-desk:hidden">
          <Kbd>Esc</Kbd>
        </span>
      </label>
      <div className={bare ? "h-1 overflow-hidden" : "flex flex-none gap-2.5 px-3 pt-2 pb-[3px] text-12 text-ink-3"}>
        <span className={bare ? "sr-only" : "min-w-0 flex-1 truncate"} aria-live="polite">
          {headline(noun, options.length, found.length, wanted, loading)}
        </span>
        {withLine && <span className="w-[60px]">30 days</span>}
        {withPeople && <span className="w-[62px] text-right">{figure}</span>}
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={noun}
        aria-multiselectable={options.some((option) => option.checked !== undefined) || undefined}
        className="min-h-0 flex-1 overflow-y-auto px-1 pb-1 empty:pb-0"
      >
        {all.map((option, index) => (
          <div
            key={option.key}
            id={`${id}-${index}`}
            data-at={index}
            role="option"
            tabIndex={-1}
            aria-selected={option.checked ?? index === at}
            // A press would take the focus out of the search field.
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => setActive(index)}
            onClick={() => onChoose(option.value)}
            onKeyDown={onKeyDown}
            className={cn(
              "flex h-8 cursor-pointer items-center gap-2.5 rounded-[6px] px-2 max-desk:h-11",
              index === at && "bg-accent-soft",
              option.faded && "text-ink-3",
            )}
          >
            <OptionIcon option={option} />
            <span className="min-w-0 flex-1 truncate">
              <Marked text={option.label} search={wanted} />
              {option.kind && <span className={cn("text-ink-3", index === at && "text-ink-2")}> {option.kind}</span>}
            </span>
            {withLine && (
              <span className="w-[60px] flex-none">
                {option.daily && !option.faded && <Sparkline values={option.daily} width={60} height={18} />}
              </span>
            )}
            {withPeople && (
              <span className="w-[62px] flex-none text-right text-ink-2">
                {option.people === undefined ? "" : formatCount(option.people)}
              </span>
            )}
          </div>
        ))}
      </div>
      {found.length > shown && (
        <p className="flex-none px-3 pb-2 text-12 text-ink-3">
          {formatNoun(found.length - shown, "more", "more")}: type to narrow them down
        </p>
      )}
      <div className="flex flex-none items-center gap-3.5 overflow-hidden border-t border-line px-3 py-2 text-12 whitespace-nowrap text-ink-3 max-desk:hidden">
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> choose
        </span>
        <span>
          <Kbd>↵</Kbd> accept
        </span>
        {onLeave && !bare && (
          <span>
            <Kbd>Tab</Kbd> next word
          </span>
        )}
      </div>
    </div>
  );
}

function withFigures<Value>(options: readonly PickerOption<Value>[]): boolean {
  return options.some(({ people, daily, icon }) => people !== undefined || daily !== undefined || icon !== undefined);
}

function OptionIcon<Value>({ option }: { option: PickerOption<Value> }) {
  const Icon = option.icon;
  if (option.checked !== undefined) {
    return (
      <span
        className={cn(
          "grid size-4 flex-none place-items-center rounded-1 border border-line-control",
          option.checked && "border-accent bg-accent text-on-accent",
        )}
      >
        {option.checked && <Check aria-hidden className="!size-3 !stroke-[2.5]" />}
      </span>
    );
  }
  return Icon ? <Icon aria-hidden className="!size-3.5 text-ink-3" /> : null;
}

function headline(noun: string, of: number, found: number, wanted: string, loading: boolean): string {
  if (loading) return `Loading ${noun}`;
  if (wanted === "") return `${formatCount(of)} ${noun}`;
  return `${formatCount(found)} of ${formatCount(of)} ${noun} contain “${wanted}”`;
}
