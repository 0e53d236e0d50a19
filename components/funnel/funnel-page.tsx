"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { messageOf } from "@/client/api-error";
import { sameFunnel } from "@/client/funnel-draft/same-funnel";
import { funnelQuery, useUpdateFunnel } from "@/client/queries/funnels";
import type { Funnel } from "@/core/api/funnels";
import { Page } from "../shell/page";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { EditableName } from "../ui/editable-name";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { Tabs } from "../ui/tabs";
import { TextLink } from "../ui/text-link";
import { notify, notifyProblem } from "../ui/toast";
import { DraftButtons } from "./draft-buttons";
import { FunnelComposer } from "./funnel-composer";
import { FunnelMenu } from "./funnel-menu";
import { FunnelVersions } from "./funnel-versions";
import { useFunnelActions } from "./use-funnel-actions";
import { useFunnelDraft } from "./use-funnel-draft";

const tabs = ["funnel", "versions"] as const;
const crumbs = [{ label: "Funnels", href: "/funnels" }];

/** A saved funnel, open for changes. */
export function FunnelPage({ id }: { id: string }) {
  const query = useQuery(funnelQuery(id));
  if (query.data) return <SavedFunnel key={query.data.id} saved={query.data} />;
  return (
    <Page title="Funnel" crumbs={crumbs}>
      <Fetched query={query} what="The funnel" loading={<ListSkeleton label="Loading the funnel" />}>
        {() => null}
      </Fetched>
    </Page>
  );
}

function SavedFunnel({ saved }: { saved: Funnel }) {
  const update = useUpdateFunnel();
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(tabs).withDefault("funnel"));
  const editing = useFunnelDraft({ funnelId: saved.id, name: saved.name, saved: saved.funnel });
  const { restore } = useFunnelActions(saved);
  const { funnel } = editing;
  const changed = funnel !== null && !sameFunnel(funnel, saved.funnel);
  const save = () => {
    if (!changed || update.isPending) return;
    const before = saved.funnel;
    update.mutate(
      { id: saved.id, funnel },
      {
        onSuccess: (stored) => {
          editing.saveDone(stored.funnel);
          notify(`${saved.name} saved.`, { undo: () => update.mutate({ id: saved.id, funnel: before }) });
        },
        onError: (error) => notifyProblem(messageOf(error)),
      },
    );
  };
  return (
    <Page
      title={saved.name}
      crumbs={crumbs}
      heading={
        <EditableName name={saved.name} what="funnel" onRename={(name) => update.mutateAsync({ id: saved.id, name })} />
      }
      aside={<Badge className="max-desk:hidden">Version {saved.version}</Badge>}
      actions={
        <>
          <DraftButtons editing={editing} />
          <FunnelMenu funnel={saved} />
          <Button look={changed ? "primary" : "plain"} disabled={!changed || update.isPending} onClick={save}>
            {changed || update.isPending ? "Save" : "Saved"}
          </Button>
        </>
      }
    >
      {saved.archivedAt !== null && (
        <p className="mb-4 rounded-3 border border-line bg-sunken px-3 py-2 text-ink-2">
          This funnel is archived. <TextLink onClick={restore}>Bring it back</TextLink>
        </p>
      )}
      <Tabs
        label="The funnel"
        value={tab}
        onChange={(next) => void setTab(next)}
        tabs={[
          { value: "funnel", label: "Funnel", content: <FunnelComposer editing={editing} onSave={save} /> },
          {
            value: "versions",
            label: "Versions",
            content: (
              <FunnelVersions
                funnel={saved}
                onRestored={({ funnel: restored }) => {
                  if (!editing.changed) editing.follow(restored);
                }}
              />
            ),
          },
        ]}
      />
    </Page>
  );
}
