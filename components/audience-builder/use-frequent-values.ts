import { useQuery } from "@tanstack/react-query";
import { accountTraitValuesQuery, propertyValuesQuery, traitValuesQuery } from "@/client/queries/catalogue";
import type { SeenValue } from "@/core/api/catalogue";
import type { EventType } from "@/core/event/message";

/** What the values are of. */
export type ValuesOf =
  | { kind: "trait"; trait: string }
  | { kind: "account-trait"; trait: string }
  | { kind: "property"; event?: string; type?: EventType; property?: string; context?: string };

/** Frequent values, asked once they are wanted; undefined while they are on the way, none where they cannot be had. */
export function useFrequentValues(of: ValuesOf, wanted: boolean): readonly SeenValue[] | undefined {
  const ofTrait = useQuery({
    ...traitValuesQuery(of.kind === "trait" ? of.trait : ""),
    enabled: wanted && of.kind === "trait",
  });
  const ofAccounts = useQuery({
    ...accountTraitValuesQuery(of.kind === "account-trait" ? of.trait : ""),
    enabled: wanted && of.kind === "account-trait",
  });
  const { kind: _, ...property } = of.kind === "property" ? of : { kind: "property" as const };
  const ofProperty = useQuery({ ...propertyValuesQuery(property), enabled: wanted && of.kind === "property" });
  const asked = { trait: ofTrait, "account-trait": ofAccounts, property: ofProperty }[of.kind];
  return asked.isError ? [] : asked.data;
}
