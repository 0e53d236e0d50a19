"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatNoun, formatShare } from "@/client/format";
import { keyOfRule, withRules } from "@/client/plan-edits";
import { suggestionsQuery } from "@/client/queries/tracking-plan";
import type { PlanSuggestion, TrackingPlan } from "@/core/api/tracking-plan";
import { ruleName, valueRuleWords } from "@/core/tracking-plan/changes";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Dialog, DialogActions, DialogContent } from "../ui/dialog";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { TextLink } from "../ui/text-link";
import { useSavingPlan } from "./use-saving-plan";

interface AdoptDialogProps {
  plan: TrackingPlan;
  open: boolean;
  onClose: () => void;
}

/** Rules made from what has been seen, looked through before they are taken over. */
export function AdoptDialog({ plan, open, onClose }: AdoptDialogProps) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()}>
      <DialogContent
        title="Adopt what was seen"
        description="Types and what is required are as they were in the latest messages. Take out what should not be planned."
        className="top-[8vh] max-h-[84dvh] max-w-2xl"
      >
        <Suggestions plan={plan} onClose={onClose} />
      </DialogContent>
    </Dialog>
  );
}

function Suggestions({ plan, onClose }: Omit<AdoptDialogProps, "open">) {
  const query = useQuery(suggestionsQuery);
  const { save, saving } = useSavingPlan(plan);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const toggle = (key: string) => {
    const next = new Set(left);
    if (!next.delete(key)) next.add(key);
    setLeft(next);
  };
  return (
    <Fetched query={query} what="What was seen" loading={<ListSkeleton rows={6} label="Looking at what came in" />}>
      {(items) => {
        const chosen = items.filter(({ rule, nearest }) => left.has(keyOfRule(rule)) === (nearest !== null));
        if (items.length === 0) {
          return <p className="text-ink-2">Everything that has been seen is in the plan already.</p>;
        }
        return (
          <>
            <ul>
              {items.map((item) => (
                <Suggestion
                  key={keyOfRule(item.rule)}
                  item={item}
                  chosen={chosen.includes(item)}
                  onToggle={() => toggle(keyOfRule(item.rule))}
                />
              ))}
            </ul>
            <DialogActions>
              <Button onClick={onClose}>Cancel</Button>
              <Button
                look="primary"
                disabled={saving || chosen.length === 0}
                onClick={() =>
                  void save(
                    withRules(
                      plan.definition,
                      chosen.map(({ rule }) => rule),
                    ),
                    `${formatNoun(chosen.length, "rule")} added.`,
                  ).then((saved) => saved && onClose())
                }
              >
                Adopt {formatNoun(chosen.length, "rule")}
              </Button>
            </DialogActions>
          </>
        );
      }}
    </Fetched>
  );
}

interface SuggestionProps {
  item: PlanSuggestion;
  chosen: boolean;
  onToggle: () => void;
}

/** One rule for review; a name that looks like a slip is not chosen unless asked for. */
function Suggestion({ item, chosen, onToggle }: SuggestionProps) {
  const [open, setOpen] = useState(false);
  const { rule, count, nearest, read, seen } = item;
  const name = ruleName(rule);
  return (
    <li className="border-t border-line py-1">
      <div className="flex items-center gap-2">
        <Checkbox
          className="min-w-0 flex-1"
          checked={chosen}
          onChange={onToggle}
          label={
            <span className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-word break-words">{name}</span>
              <span className="text-12 text-ink-3">{formatNoun(count, "message")}</span>
              {nearest && <span className="text-12 text-violation">did you mean {nearest}?</span>}
            </span>
          }
        />
        <TextLink aria-expanded={open} aria-label={`Properties of ${name}`} onClick={() => setOpen(!open)}>
          {formatNoun(rule.properties.length, "property", "properties")}
        </TextLink>
      </div>
      {open && (
        <ul className="pb-1 pl-6 text-12">
          {rule.properties.map((property) => {
            const seenIn = seen.find(({ name: seenName }) => seenName === property.name)?.seenIn ?? 0;
            return (
              <li key={property.name} className="break-words text-ink-2">
                <code className="font-mono text-ink">{property.name}</code> {valueRuleWords(property)}
                {property.required ? ", required" : `, in ${formatShare(read === 0 ? 0 : seenIn / read)} of them`}
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
}
