"use client";

import type { ReactNode } from "react";
import { type AlertDraft, withKind } from "@/client/alert-draft";
import { formatCount, formatNoun } from "@/client/format";
import type { AlertKind, AlertRule } from "@/core/alerts/rule";
import { directionWords } from "@/core/alerts/words";
import type { Alert } from "@/core/api/alerts";
import { Picker, type PickerOption } from "../audience-builder/picker";
import { moveFocus } from "../audience-builder/word-focus";
import { ChannelWord } from "./channel-word";
import { NumberWord, SpanWord } from "./number-words";
import { ReminderWord } from "./reminder-word";
import { WatchedWord } from "./watched-word";
import { WordBox } from "./word-box";

interface AlertSentenceProps {
  /** Its words' ids begin with it. */
  id: string;
  draft: AlertDraft;
  saved: Alert | undefined;
  onChange: (draft: AlertDraft) => void;
}

/** "Tell #growth on Slack when any destination has been failing for 10 minutes, without reminders" */
export function AlertSentence({ id, draft, saved, onChange }: AlertSentenceProps) {
  const { rule, channel, remindHours } = draft;
  const setRule = (next: AlertRule) => onChange({ ...draft, rule: next });
  return (
    <p
      className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-14 leading-7 text-ink-2"
      onKeyDown={(event) => {
        const word = event.target instanceof HTMLElement ? event.target.dataset.word : undefined;
        if (word !== undefined && !event.defaultPrevented && moveFocus(event.key, word)) event.preventDefault();
      }}
    >
      <span>Tell</span>
      <ChannelWord
        wordId={`${id}/channel`}
        draft={channel}
        saved={saved?.channel}
        onChange={(next) => onChange({ ...draft, channel: next })}
      />
      <span>when</span>
      <WatchedWord wordId={`${id}/watched`} rule={rule} name={saved?.about?.name} onChange={setRule} />
      <KindWord wordId={`${id}/kind`} rule={rule} onChange={setRule} />
      <RuleWords id={id} rule={rule} onChange={setRule} />
      <ReminderWord
        wordId={`${id}/reminder`}
        hours={remindHours}
        onChange={(hours) => onChange({ ...draft, remindHours: hours })}
      />
    </p>
  );
}

const kinds = {
  sync_failing: ["has been failing for", "nothing could be delivered"],
  deliveries_given_up: ["gave up", "deliveries that were refused for good"],
  audience_jumped: ["changed its size", "people entered or left in numbers"],
  source_silent: ["has sent nothing for", "no message was accepted"],
} as const satisfies Record<AlertKind, readonly [string, string]>;
const kindNames = ["sync_failing", "deliveries_given_up", "audience_jumped", "source_silent"] as const;
const directions = ["either", "grew", "shrank"] as const;

interface RuleWordProps<Rule = AlertRule> {
  wordId: string;
  rule: Rule;
  onChange: (rule: AlertRule) => void;
}

/** The verb: it says what kind of alert this is. */
function KindWord({ wordId, rule, onChange }: RuleWordProps) {
  const label = rule.kind === "audience_jumped" ? directionWords[rule.direction] : kinds[rule.kind][0];
  return (
    <WordBox wordId={wordId} label={label} title="What happens" className="w-[26rem] overflow-hidden">
      {(close) => (
        <Picker
          noun="kinds"
          current={rule.kind === "audience_jumped" ? rule.direction : rule.kind}
          options={kindNames.flatMap((kind) => optionsOf(rule, kind))}
          onChoose={(next) => {
            onChange(next);
            close();
          }}
        />
      )}
    </WordBox>
  );
}

function optionsOf(rule: AlertRule, kind: AlertKind): PickerOption<AlertRule>[] {
  const next = rule.kind === kind ? rule : withKind(rule, kind);
  const [label, meaning] = kinds[kind];
  if (next.kind !== "audience_jumped") return [{ key: kind, value: next, label, kind: meaning }];
  return directions.map((direction) => ({
    key: direction,
    value: { ...next, direction },
    label: directionWords[direction],
    kind: "an audience’s size",
  }));
}

/** What follows the verb. */
function RuleWords({ id, rule, onChange }: Omit<RuleWordProps, "wordId"> & { id: string }): ReactNode {
  switch (rule.kind) {
    case "sync_failing":
      return (
        <SpanWord
          wordId={`${id}/span`}
          title="For how long"
          minutes={rule.minutes}
          max={10_080}
          unit="minutes"
          onChange={(minutes) => onChange({ ...rule, minutes })}
        />
      );
    case "deliveries_given_up":
      return (
        <>
          <NumberWord
            wordId={`${id}/deliveries`}
            label={`${formatNoun(rule.deliveries, "delivery", "deliveries")} or more`}
            title="Deliveries"
            hint="Those that were made good since do not count."
            value={rule.deliveries}
            min={1}
            max={1_000_000}
            onChange={(deliveries) => onChange({ ...rule, deliveries })}
          />
          <span>within</span>
          <HoursWord id={id} hours={rule.hours} onChange={(hours) => onChange({ ...rule, hours })} />
        </>
      );
    case "audience_jumped":
      return (
        <>
          <span>by more than</span>
          <NumberWord
            wordId={`${id}/percent`}
            label={`${formatCount(rule.percent)}%`}
            title="Percent"
            hint="Of its size before."
            value={rule.percent}
            min={0.1}
            max={10_000}
            decimal
            onChange={(percent) => onChange({ ...rule, percent })}
          />
          <span>and at least</span>
          <NumberWord
            wordId={`${id}/people`}
            label={formatNoun(rule.people, "person", "people")}
            title="People"
            hint="So that small audiences do not cry wolf."
            value={rule.people}
            min={1}
            max={1_000_000_000}
            onChange={(people) => onChange({ ...rule, people })}
          />
          <span>within</span>
          <HoursWord id={id} hours={rule.hours} onChange={(hours) => onChange({ ...rule, hours })} />
        </>
      );
    case "source_silent":
      return (
        <>
          <SpanWord
            wordId={`${id}/span`}
            title="For how long"
            minutes={rule.minutes}
            max={43_200}
            unit="minutes"
            onChange={(minutes) => onChange({ ...rule, minutes })}
          />
          <WordBox
            wordId={`${id}/week`}
            label={rule.onlyIfWeekBefore ? "while it did a week before" : "at any time"}
            title="At what times"
            className="w-96 overflow-hidden"
          >
            {(close) => (
              <Picker
                noun="times"
                current={String(rule.onlyIfWeekBefore)}
                options={[
                  { key: "false", value: false, label: "at any time", kind: "nights and weekends too" },
                  { key: "true", value: true, label: "while it did a week before", kind: "the same minutes" },
                ]}
                onChoose={(onlyIfWeekBefore) => {
                  onChange({ ...rule, onlyIfWeekBefore });
                  close();
                }}
              />
            )}
          </WordBox>
        </>
      );
  }
}

function HoursWord({ id, hours, onChange }: { id: string; hours: number; onChange: (hours: number) => void }) {
  return (
    <SpanWord
      wordId={`${id}/span`}
      title="Within"
      minutes={hours * 60}
      max={43_200}
      unit="hours"
      onChange={(minutes) => onChange(minutes / 60)}
    />
  );
}
