"use client";

import { Check, X } from "lucide-react";
import type { ExplainedNode } from "@/core/api/profiles";
import { PhraseText } from "../definition-text/phrase-text";
import { cn } from "../ui/class-names";
import { EvidenceList } from "./evidence-list";

/** Conditions under each other, each ticked or crossed. */
export function ExplainedConditions({ nodes, profileId }: { nodes: readonly ExplainedNode[]; profileId: string }) {
  return (
    <ul>
      {nodes.map((node) => (
        <li key={node.path} className="border-t border-line py-2.5 first:border-t-0">
          <ExplainedCondition node={node} profileId={profileId} />
        </li>
      ))}
    </ul>
  );
}

function ExplainedCondition({ node, profileId }: { node: ExplainedNode; profileId: string }) {
  const { evidence = [], considered = [], children = [] } = node;
  return (
    <div className="flex gap-2.5">
      <Mark holds={node.holds} />
      <div className="min-w-0 flex-1">
        <p className="leading-5 text-ink-2">
          <Heading node={node} />
        </p>
        {node.found && (
          <p className={cn("text-12 leading-5", node.holds ? "text-in" : "text-out")}>
            <span className="sr-only">Found: </span>
            {node.found}
          </p>
        )}
        {evidence.length > 0 && <EvidenceList profileId={profileId} evidence={evidence} count={node.evidenceCount} />}
        {considered.length > 0 && (
          <>
            <p className="pt-1 text-12 leading-5 text-ink-3">Came nearest:</p>
            <EvidenceList profileId={profileId} evidence={considered} />
          </>
        )}
        {children.length > 0 && (
          <div className="mt-1.5 border-l-2 border-line-strong pl-3">
            <ExplainedConditions nodes={children} profileId={profileId} />
          </div>
        )}
      </div>
    </div>
  );
}

function Mark({ holds }: { holds: boolean }) {
  const Icon = holds ? Check : X;
  return (
    <span
      className={cn(
        "mt-0.5 grid size-4 flex-none place-items-center rounded-full",
        holds ? "bg-in-soft text-in" : "bg-out-soft text-out",
      )}
    >
      <Icon aria-hidden className="size-3" strokeWidth={3} />
      <span className="sr-only">{holds ? "True:" : "Not true:"}</span>
    </span>
  );
}

/** A group says what it asks of the conditions below it, which say the rest. */
function Heading({ node }: { node: ExplainedNode }) {
  const { kind, phrases, children = [] } = node;
  switch (kind) {
    case "all":
      return children.length === 1 ? "This must be true" : "All of these must be true";
    case "any":
      return children.length === 1 ? "This must be true" : "At least one of these must be true";
    case "not":
      return (
        <>
          This must <span className="font-word underline underline-offset-3">not</span> be true
        </>
      );
    default:
      return phrases.map((phrase, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a phrase has no identity but its place
        <PhraseText key={index} phrase={phrase} />
      ));
  }
}
