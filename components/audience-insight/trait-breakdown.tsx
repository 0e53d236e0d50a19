"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatClock, formatCount, formatNoun, formatShare } from "@/client/format";
import { breakdownQuery } from "@/client/queries/audience-insight";
import { traitsQuery } from "@/client/queries/catalogue";
import { useTimeZone } from "@/client/queries/workspace";
import type { TraitBreakdown as Breakdown, TraitGroup } from "@/core/api/audience-insight";
import type { AudienceDefinition } from "@/core/audience/definition";
import { Fetched } from "../ui/fetched";
import { Field } from "../ui/field";
import { Select } from "../ui/input";
import { ListSkeleton } from "../ui/skeleton";
import { TextLink } from "../ui/text-link";
import { PeopleOf, type PeopleShown } from "./people-of";
import { ShareBar } from "./share-bar";
import { traitValueWords, withTraitValue } from "./trait-value";

const fewest = 10;
const most = 1_000;

/** The people of a definition by what they have in a trait, most first; each figure opens its people. */
export function TraitBreakdown({ definition }: { definition: AudienceDefinition }) {
  const traits = useQuery(traitsQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Fetched query={traits} what="The traits" loading={<ListSkeleton rows={4} label="Loading traits" />}>
      {(items) => {
        const trait = items.find(({ name }) => name === chosen)?.name ?? likely(items, definition);
        if (trait === undefined) {
          return <p className="text-ink-2">Nobody has a trait yet. An identify call with traits brings the first.</p>;
        }
        return (
          <>
            <Field label="Trait" className="max-w-64 pb-3">
              <Select value={trait} onChange={(event) => setChosen(event.target.value)}>
                {items.map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            </Field>
            <Groups key={trait} definition={definition} trait={trait} />
          </>
        );
      }}
    </Fetched>
  );
}

/** A trait that sorts people into groups: none that identifies them, nor one that the definition has sorted them by. */
function likely(traits: readonly { name: string }[], definition: AudienceDefinition): string | undefined {
  const names = traits.map(({ name }) => name);
  const sorting = names.filter((name) => !/e?mail|name|phone|id$|date|_at$/i.test(name));
  const text = JSON.stringify(definition);
  return sorting.find((name) => !text.includes(`"trait":${JSON.stringify(name)}`)) ?? sorting[0] ?? names[0];
}

function Groups({ definition, trait }: { definition: AudienceDefinition; trait: string }) {
  const [limit, setLimit] = useState(fewest);
  const [shown, setShown] = useState<PeopleShown | null>(null);
  const timeZone = useTimeZone();
  const query = useQuery(breakdownQuery(definition, trait, limit));
  return (
    <Fetched query={query} what="The breakdown" loading={<ListSkeleton rows={5} label="Loading the breakdown" />}>
      {(breakdown) => (
        <>
          <ul aria-label={`People by ${trait}`}>
            {breakdown.groups.map((group) => (
              <Group
                key={JSON.stringify(group.value)}
                group={group}
                of={breakdown.count}
                largest={breakdown.groups[0]?.count ?? 0}
                people={withTraitValue(definition, trait, group.value)}
                onOpen={(people) =>
                  setShown({
                    title: `${trait}: ${traitValueWords(group.value)}`,
                    question: { kind: "members", definition: people, asOf: breakdown.asOf },
                  })
                }
              />
            ))}
          </ul>
          <Rest breakdown={breakdown} onMore={limit < most ? () => setLimit(limit < 100 ? 100 : most) : undefined} />
          <p className="pt-2 text-12 text-ink-3">as of {formatClock(breakdown.asOf, timeZone)} · exact</p>
          <PeopleOf shown={shown} onClose={() => setShown(null)} />
        </>
      )}
    </Fetched>
  );
}

interface GroupProps {
  group: TraitGroup;
  of: number;
  /** Of the largest group, which the bars are measured by. */
  largest: number;
  people: AudienceDefinition | null;
  onOpen: (people: AudienceDefinition) => void;
}

function Group({ group: { value, count }, of, largest, people, onOpen }: GroupProps) {
  const words = traitValueWords(value);
  return (
    <li className="grid min-h-row grid-cols-[minmax(0,1fr)_minmax(0,1fr)_64px_52px] items-center gap-3 border-t border-line max-wide:grid-cols-[minmax(0,1fr)_48px_56px_52px]">
      <span className={value === null ? "truncate text-ink-3" : "truncate"} title={words}>
        {words}
      </span>
      <ShareBar share={largest === 0 ? 0 : count / largest} />
      <span className="text-right tabular-nums">
        {people === null ? (
          formatCount(count)
        ) : (
          <TextLink aria-label={`${words}: ${formatCount(count)}, show the people`} onClick={() => onOpen(people)}>
            {formatCount(count)}
          </TextLink>
        )}
      </span>
      <span className="text-right text-ink-3 tabular-nums">{of === 0 ? "–" : formatShare(count / of)}</span>
    </li>
  );
}

function Rest({
  breakdown: { count, groups, others },
  onMore,
}: {
  breakdown: Breakdown;
  onMore?: (() => void) | undefined;
}) {
  if (count === 0) return <p className="border-t border-line py-2 text-ink-2">Nobody is in it.</p>;
  if (others.values === 0) return groups.length === 0 ? null : <p className="border-t border-line" />;
  return (
    <p className="border-t border-line py-2 text-ink-2">
      {formatCount(others.count)} more with {formatNoun(others.values, "other value")}{" "}
      {onMore && <TextLink onClick={onMore}>Show more</TextLink>}
    </p>
  );
}
