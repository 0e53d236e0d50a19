"use client";

import type { Funnel } from "@/core/api/funnels";
import { SavedMenu } from "../saved-list/saved-menu";
import { useFunnelActions } from "./use-funnel-actions";

/** What can be done with a funnel, in lists and on its page. */
export function FunnelMenu({ funnel }: { funnel: Funnel }) {
  const { duplicate, archive, restore } = useFunnelActions(funnel);
  return (
    <SavedMenu
      name={funnel.name}
      archived={funnel.archivedAt !== null}
      onDuplicate={duplicate}
      onArchive={archive}
      onRestore={restore}
    />
  );
}
