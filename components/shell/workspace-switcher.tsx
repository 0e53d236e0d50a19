"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, ChevronsUpDown, Plus } from "lucide-react";
import { useState } from "react";
import { addressIn } from "@/client/current-workspace";
import { workspaceQuery } from "@/client/queries/workspace";
import { workspacesQuery } from "@/client/queries/workspaces";
import type { Workspace } from "@/core/api/workspace";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "../ui/menu";
import { environmentNames } from "./environment";
import { NewWorkspaceDialog } from "./new-workspace-dialog";

interface WorkspaceSwitcherProps {
  /** In the sheet of a phone the workspaces stand in a list: a menu would open under the sheet. */
  place: "side" | "sheet";
}

/** The workspace that is shown, and the others. Going to another loads the page anew, so that nothing is carried over. */
export function WorkspaceSwitcher({ place }: WorkspaceSwitcherProps) {
  const current = useQuery(workspaceQuery).data;
  const workspaces = useQuery(workspacesQuery).data ?? [];
  const [making, setMaking] = useState(false);
  const others = workspaces.filter(({ id }) => id !== current?.id);
  if (place === "sheet") {
    return (
      <div className="mb-2.5 flex-none border-b border-line px-2 pb-2.5">
        <Current workspace={current} />
        {others.map((workspace) => (
          <a
            key={workspace.id}
            href={addressIn(workspace.id, "/")}
            className="flex h-11 items-center gap-2 text-ink-2 hover:text-ink"
          >
            <span className="truncate">{workspace.name}</span>
            <span className="ml-auto text-12 text-ink-3">{environmentNames[workspace.environment]}</span>
          </a>
        ))}
      </div>
    );
  }
  return (
    <>
      <Menu>
        <MenuTrigger
          aria-label={`Workspace: ${current?.name ?? ""}`}
          className="mb-2.5 flex w-full flex-none cursor-pointer items-center gap-2 rounded-3 px-2 py-1.5 text-left transition-colors hover:bg-hover aria-expanded:bg-hover"
        >
          <Current workspace={current} />
          <ChevronsUpDown aria-hidden className="ml-auto !size-3.5 flex-none text-ink-3" />
        </MenuTrigger>
        <MenuContent align="start" className="w-60" aria-label="Workspaces">
          {workspaces.map((workspace) => (
            <MenuItem key={workspace.id} asChild>
              <a
                href={addressIn(workspace.id, "/")}
                aria-current={workspace.id === current?.id ? "true" : undefined}
                className="flex items-center gap-2"
              >
                <Check aria-hidden className={workspace.id === current?.id ? "flex-none" : "invisible flex-none"} />
                <span className="truncate">{workspace.name}</span>
                <span className="ml-auto pl-2 text-12 text-ink-3">{environmentNames[workspace.environment]}</span>
              </a>
            </MenuItem>
          ))}
          <MenuSeparator />
          <MenuItem onSelect={() => setMaking(true)}>
            <Plus aria-hidden />
            New workspace
          </MenuItem>
        </MenuContent>
      </Menu>
      <NewWorkspaceDialog open={making} onClose={() => setMaking(false)} />
    </>
  );
}

function Current({ workspace }: { workspace: Workspace | undefined }) {
  return (
    <span className="min-w-0 text-12 leading-[18px]">
      <span className="block truncate font-word text-ink">{workspace?.name ?? " "}</span>
      <span className="block truncate text-ink-3">
        {workspace && workspace.environment !== "production" && (
          <span className="font-word text-violation">{environmentNames[workspace.environment]} · </span>
        )}
        {workspace?.timeZone ?? " "}
      </span>
    </span>
  );
}
