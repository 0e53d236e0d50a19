import { Building2, IdCard } from "lucide-react";
import { accountSentence, type NewSentence, traitSentence } from "@/client/audience-draft/new-row";
import { formatNoun } from "@/client/format";
import type { AudienceWithCount } from "@/core/api/audiences";
import type { SeenAccountTrait, SeenEvent } from "@/core/api/catalogue";
import { groupIdTrait } from "@/core/audience/account-node";
import { groupIdWords } from "@/core/audience/describe/account-phrases";
import { type ChosenTrait, conditionOptions } from "./options";
import type { PickerOption } from "./picker";

/** Traits of accounts by how many have them, then the account's own id. */
export function accountTraitOptions(traits: readonly SeenAccountTrait[]): PickerOption<ChosenTrait>[] {
  return [
    ...traits
      .toSorted((a, b) => b.accounts - a.accounts)
      .map((trait) => ({
        key: trait.name,
        value: { trait: trait.name },
        label: trait.name,
        kind: trait.types.filter((type) => type !== "null").join(", "),
        icon: Building2,
        people: trait.accounts,
      })),
    {
      key: groupIdTrait,
      value: { trait: groupIdTrait, op: "equals" },
      label: groupIdWords,
      kind: "text",
      icon: IdCard,
    },
  ];
}

export function unseenTrait(text: string): PickerOption<ChosenTrait> {
  return {
    key: `unseen ${text}`,
    value: { trait: text },
    label: text,
    kind: "never set",
    icon: Building2,
    people: 0,
    faded: true,
  };
}

/** What a condition on the accounts of people can begin with; none in a workspace without accounts. */
export function accountSentences(traits: readonly SeenAccountTrait[]): PickerOption<NewSentence>[] {
  if (traits.length === 0) return [];
  return [
    {
      key: "account",
      value: accountSentence(null),
      label: "belongs to an account",
      kind: "by traits and what people did",
      icon: Building2,
    },
    ...accountTraitOptions(traits).map(({ value, people, ...option }) => ({
      ...option,
      key: `account trait ${option.key}`,
      kind: people === undefined ? "of an account" : `trait of ${formatNoun(people, "account")}`,
      value: accountSentence(value.trait, value.op),
    })),
  ];
}

/** What can be asked of an account: its traits, and of some person of it whatever can be asked but traits. */
export function accountConditionOptions(
  events: readonly SeenEvent[],
  traits: readonly SeenAccountTrait[],
  audiences: readonly AudienceWithCount[],
): PickerOption<NewSentence>[] {
  return [
    ...accountTraitOptions(traits).map(({ value, people, ...option }) => ({
      ...option,
      key: `trait ${option.key}`,
      kind: people === undefined ? option.kind : `trait of ${formatNoun(people, "account")}`,
      value: traitSentence(value.trait, value.op),
    })),
    ...conditionOptions(events, [], audiences)
      .filter(({ value }) => value.kind !== "trait")
      .map((option) => ({ ...option, kind: option.kind ? `by somebody, ${option.kind}` : "by somebody" })),
  ];
}
