import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { useRef } from "react";
import { useShortcut } from "../shell/keys";

const states = ["live", "archived"] as const;
type SavedState = (typeof states)[number];

/** What a page of saved things shows: kept in its address. */
export function useSavedList() {
  const [search, setSearch] = useQueryState("search", parseAsString.withDefault(""));
  const [state, setState] = useQueryState("state", parseAsStringLiteral(states).withDefault("live"));
  const searchField = useRef<HTMLInputElement>(null);
  useShortcut("/", () => searchField.current?.focus());
  return {
    search,
    setSearch: (next: string) => void setSearch(next || null),
    state,
    setState: (next: SavedState) => void setState(next),
    archived: state === "archived",
    searchField,
  };
}
