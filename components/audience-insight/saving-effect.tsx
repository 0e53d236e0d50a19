"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { formatChange, formatCount } from "@/client/format";
import { compareQuery } from "@/client/queries/audience-insight";
import type { AudienceDefinition } from "@/core/audience/definition";
import { WillSend } from "../syncs/will-send";
import { TextLink } from "../ui/text-link";
import { PeopleOf, type PeopleShown } from "./people-of";

interface SavingEffectProps {
  audienceId: string;
  /** The saved version that would be replaced. */
  version: number;
  before: AudienceDefinition;
  after: AudienceDefinition;
  /** The moment of the draft's own count, so that both are of one moment; undefined while it is being counted. */
  asOf: string | undefined;
}

/** Who would enter and who would leave by saving, each opened as people. */
export function SavingEffect({ audienceId, version, before, after, asOf }: SavingEffectProps) {
  const query = useQuery({ ...compareQuery(before, after, asOf), enabled: asOf !== undefined });
  const [shown, setShown] = useState<PeopleShown | null>(null);
  const effect = query.data;
  if (query.isError) {
    return (
      <p role="alert" className="text-violation">
        Who would enter and leave could not be counted. {messageOf(query.error)}{" "}
        <TextLink onClick={() => void query.refetch()}>Retry</TextLink>
      </p>
    );
  }
  if (!effect) return <span className="text-ink-3">against version {version}</span>;
  const figure = (kind: "entering" | "leaving", title: string, text: string, className: string) => (
    <button
      type="button"
      aria-label={`${text} ${kind === "entering" ? "enter" : "leave"}: show the people`}
      onClick={() => setShown({ title, question: { kind, before, after, asOf: effect.asOf } })}
      className="rounded-1 underline decoration-transparent underline-offset-3 transition-colors hover:decoration-current"
    >
      <b className={className}>{text}</b> {kind === "entering" ? "enter" : "leave"}
    </button>
  );
  const { entering, leaving } = effect;
  return (
    <>
      <p className="flex items-baseline gap-3.5 text-ink-2">
        {figure("entering", "Would enter by saving", signed(entering.count), "text-16 text-in")}
        {figure("leaving", "Would leave by saving", signed(-leaving.count), "text-16 text-out")}
        <span className="text-ink-3 max-desk:hidden">
          against version {version} ({formatCount(effect.before.count)})
        </span>
      </p>
      <WillSend audienceId={audienceId} entering={entering.count} leaving={leaving.count} />
      <PeopleOf shown={shown} onClose={() => setShown(null)} />
    </>
  );
}

/** Nobody is no change in either direction. */
function signed(change: number): string {
  return change === 0 ? "0" : formatChange(change);
}
