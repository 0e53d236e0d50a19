"use client";

import { useQuery } from "@tanstack/react-query";
import { funnelsQuery } from "@/client/queries/funnels";
import { SavedListPage } from "../saved-list/saved-list-page";
import { useSavedList } from "../saved-list/use-saved-list";
import { FunnelList } from "./funnel-list";
import { NoFunnelYet } from "./no-funnel-yet";

export function FunnelsPage() {
  const list = useSavedList();
  return (
    <SavedListPage
      noun="funnel"
      list={list}
      query={useQuery(funnelsQuery({ archived: list.archived }))}
      textsOf={({ name }) => [name]}
      searched="name"
      keeps="its steps"
      empty={<NoFunnelYet onShowArchived={() => list.setState("archived")} />}
    >
      {(found) => <FunnelList funnels={found} />}
    </SavedListPage>
  );
}
