"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { useMemo } from "react";
import { planTrait } from "@/client/audience-draft/likely-names";
import { type Starter, startersFor } from "@/client/audience-draft/starters";
import { traitValuesQuery } from "@/client/queries/catalogue";
import type { SeenEvent, SeenTrait } from "@/core/api/catalogue";
import { starterWords } from "./starter-words";

/** Starters in the workspace's own names; undefined until the plan's values are known as well. */
export function useStarters(
  events: readonly SeenEvent[] | undefined,
  traits: readonly SeenTrait[] | undefined,
): Starter[] | undefined {
  const plan = traits && planTrait(traits)?.name;
  const values = useQuery({ ...traitValuesQuery(plan ?? ""), enabled: plan !== undefined });
  const known = plan === undefined || values.isSuccess || values.isError;
  const planValues = values.data;
  return useMemo(() => {
    if (!events || !traits || !known) return undefined;
    return startersFor({ events, traits, planValues: (planValues ?? []).map(({ value }) => value) });
  }, [events, traits, known, planValues]);
}

interface StarterListProps {
  starters: readonly Starter[];
  timeZone: string;
  onChoose: (starter: Starter) => void;
}

/** Audiences to begin with. */
export function StarterList({ starters, timeZone, onChoose }: StarterListProps) {
  return (
    <section aria-label="Start from" className="max-w-2xl pt-7">
      <h2 className="pb-1.5 text-12 text-ink-3">Or start from</h2>
      <ul className="border-t border-line">
        {starters.map((starter) => (
          <li key={starter.id} className="border-b border-line">
            <button
              type="button"
              onClick={() => onChoose(starter)}
              className="group flex w-full items-center gap-3 py-2.5 text-left hover:bg-hover"
            >
              <span className="min-w-0 flex-1">
                <span className="block font-head">{starter.name}</span>
                <span className="block text-ink-2">{starterWords(starter.definition, timeZone)}</span>
              </span>
              <ArrowRight aria-hidden className="mr-1 text-ink-3 group-hover:text-accent-text" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
