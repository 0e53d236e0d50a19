"use client";

import { messageOf } from "@/client/api-error";
import { formatClock, formatPeople, formatShare } from "@/client/format";
import type { AudienceWithCount } from "@/core/api/audiences";
import { PanelInsight } from "../audience-insight/panel-insight";
import { SizeLine } from "../audience-insight/size-line";
import { WhyButton } from "../explanation/why-button";
import { personName } from "../profiles/people-table";
import { Age } from "../ui/age";
import { doneWords, Progress } from "../ui/progress";
import { TextLink } from "../ui/text-link";
import { useDebounced } from "../ui/use-debounced";
import { useBuilder } from "./builder-context";
import { CountFigure } from "./count-figure";
import { PersonLink } from "./person-link";
import type { usePreview } from "./use-preview";

interface CountPanelProps {
  preview: ReturnType<typeof usePreview>;
  /** The saved audience that is edited; null for a new one. */
  audience: AudienceWithCount | null;
  /** Whether the draft differs from it. */
  changed: boolean;
}

/** The line over 30 days and what is beside it cost more than the count, and wait until nobody is typing. */
const settleMs = 500;

/** The answer: how many, of how many, when, and ten of them; on a phone the figure stands on top. */
export function CountPanel({ preview, audience, changed }: CountPanelProps) {
  const { timeZone, showPeople } = useBuilder();
  const { answered, estimate, stale, working, definition } = preview;
  const data = answered?.preview;
  const settled = data && !stale && !working;
  const still = useDebounced(definition, settleMs);
  const saved =
    audience && changed ? { name: `version ${audience.version}`, definition: audience.definition } : undefined;
  const people = data && (
    <>
      <h2 className="pb-1.5 font-head">{headline(data.count)}</h2>
      {data.people.length > 0 && (
        <ul>
          {data.people.map((person) => (
            <li
              key={person.id}
              className="-mx-2 flex h-8 items-center justify-between gap-2 rounded-[6px] px-2 hover:bg-hover max-desk:h-11"
            >
              <PersonLink person={person} />
              <WhyButton
                person={{ id: person.id, name: personName(person) }}
                against={{ definition: answered.of.definition }}
                asOf={data.asOf}
              />
            </li>
          ))}
        </ul>
      )}
      {data.count > data.people.length && (
        <p className="pt-1.5">
          <TextLink onClick={() => showPeople("In this audience", definition)}>All {formatPeople(data.count)}</TextLink>
        </p>
      )}
    </>
  );
  return (
    <aside
      aria-label="Who is in it"
      className="sticky top-bar min-h-[calc(100dvh-var(--bar-h))] border-l border-line px-5 pt-3.5 pb-20 max-desk:contents"
    >
      <div className="max-desk:sticky max-desk:top-bar max-desk:z-[5] max-desk:order-1 max-desk:w-full max-desk:border-b max-desk:border-line max-desk:bg-page max-desk:px-3 max-desk:py-2.5">
        <div className="max-desk:flex max-desk:flex-wrap max-desk:items-baseline max-desk:gap-x-2.5">
          <CountFigure preview={data} estimate={estimate} stale={stale} />
          <p className="text-12 text-ink-3 max-desk:ml-auto">
            <AsOf preview={preview} timeZone={timeZone} />
          </p>
        </div>
        {preview.slow && (
          <div className="pt-2">
            <Progress label="Counting" value={preview.share}>
              {doneWords(preview.share)} · <TextLink onClick={preview.cancel}>Cancel</TextLink>
            </Progress>
          </div>
        )}
        <p className="sr-only" aria-live="polite">
          {settled ? `${formatPeople(data.count)}${shareWords(data.count, data.candidates)}` : ""}
        </p>
      </div>
      {data && (
        <div className="pt-4 max-desk:order-3 max-desk:w-full max-desk:px-3 max-desk:pt-0 max-desk:pb-44">
          <div className="pb-4">
            <SizeLine definition={still} saved={saved} />
          </div>
          <PanelInsight definition={still} audienceId={audience?.id ?? null} people={people} />
        </div>
      )}
    </aside>
  );
}

function headline(count: number): string {
  if (count === 0) return "Nobody is in it";
  return count <= 10 ? "All of them" : "Ten of them";
}

function shareWords(count: number, candidates: number): string {
  return candidates === 0 ? "" : `, ${formatShare(count / candidates).replace("%", " percent")}`;
}

function AsOf({ preview, timeZone }: Pick<CountPanelProps, "preview"> & { timeZone: string }) {
  const { answered, estimate, error, cancelled, working } = preview;
  if (error) {
    return (
      <span role="alert" className="text-violation">
        {answered && (
          <>
            <Age at={answered.preview.asOf} suffix="old" /> ·{" "}
          </>
        )}
        {messageOf(error)} <TextLink onClick={preview.retry}>Retry</TextLink>
      </span>
    );
  }
  if (cancelled) {
    return (
      <>
        Counting was cancelled. <TextLink onClick={preview.retry}>Count again</TextLink>
      </>
    );
  }
  if (estimate) return `estimated from one person in ${estimate.sample?.of} · exact figure on its way`;
  if (!answered) return "counting…";
  return `as of ${formatClock(answered.preview.asOf, timeZone)} · ${working ? "counting…" : "exact"}`;
}
