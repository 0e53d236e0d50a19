"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { formatNoun } from "@/client/format";
import { listedAudiencesQuery } from "@/client/queries/audiences";
import { type AudienceOrder, audienceOrders, type ListedAudience } from "@/core/api/audiences";
import { SavedListPage } from "../saved-list/saved-list-page";
import { useSavedList } from "../saved-list/use-saved-list";
import { Select } from "../ui/input";
import { AudienceTable } from "./audience-table";
import { NoAudienceYet } from "./no-audience-yet";
import { tagsOf } from "./tags-of";

const orderWords = {
  changed: "Last changed first",
  created: "Newest first",
  name: "By name",
  size: "Largest first",
} as const satisfies Record<AudienceOrder, string>;

export function AudiencesPage() {
  const list = useSavedList();
  const [tag, setTag] = useQueryState("tag", parseAsString);
  const [order, setOrder] = useQueryState("sort", parseAsStringLiteral(audienceOrders).withDefault("changed"));
  const controls = (audiences: readonly ListedAudience[]) => (
    <>
      <TagChoice audiences={audiences} tag={tag} onChange={(next) => void setTag(next)} />
      <Select
        aria-label="Order"
        value={order}
        onChange={(event) => void setOrder(audienceOrders.find((one) => one === event.target.value) ?? null)}
        className="w-44 max-desk:w-[calc(50%-4px)]"
      >
        {audienceOrders.map((one) => (
          <option key={one} value={one}>
            {orderWords[one]}
          </option>
        ))}
      </Select>
    </>
  );
  return (
    <SavedListPage
      noun="audience"
      list={list}
      query={useQuery(listedAudiencesQuery({ archived: list.archived, order }))}
      textsOf={({ name, description, tags }) => [name, description, ...tags]}
      searched="name or tag"
      keeps="its definition"
      empty={<NoAudienceYet onShowArchived={() => list.setState("archived")} />}
      choices={{ controls, meets: ({ tags }) => tag === null || tags.includes(tag), made: tag !== null }}
    >
      {(found) => <AudienceTable audiences={found} />}
    </SavedListPage>
  );
}

interface TagChoiceProps {
  audiences: readonly ListedAudience[];
  tag: string | null;
  onChange: (tag: string | null) => void;
}

/** Not there while there is no tag to choose. */
function TagChoice({ audiences, tag, onChange }: TagChoiceProps) {
  const tags = tagsOf(audiences);
  if (tags.length === 0 && tag === null) return null;
  return (
    <Select
      aria-label="Tag"
      value={tag ?? ""}
      onChange={(event) => onChange(event.target.value || null)}
      className="w-44 max-desk:w-[calc(50%-4px)]"
    >
      <option value="">Every tag</option>
      {tag !== null && !tags.some(({ name }) => name === tag) && <option value={tag}>{tag}</option>}
      {tags.map(({ name, audiences: count }) => (
        <option key={name} value={name}>
          {name} ({formatNoun(count, "audience")})
        </option>
      ))}
    </Select>
  );
}
