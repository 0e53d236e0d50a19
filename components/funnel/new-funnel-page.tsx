"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { messageOf } from "@/client/api-error";
import { starterFunnel, starterName } from "@/client/funnel-draft/starter";
import { eventsQuery } from "@/client/queries/catalogue";
import { useCreateFunnel } from "@/client/queries/funnels";
import type { FunnelDefinition } from "@/core/funnel/definition";
import { Page } from "../shell/page";
import { Button } from "../ui/button";
import { EditableName } from "../ui/editable-name";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { notify, notifyProblem } from "../ui/toast";
import { DraftButtons } from "./draft-buttons";
import { FunnelComposer } from "./funnel-composer";
import { NothingToCount } from "./nothing-to-count";
import { useFunnelDraft } from "./use-funnel-draft";

const crumbs = [{ label: "Funnels", href: "/funnels" }];

/** A funnel to begin with, filled with the workspace's own names once they are known. */
export function NewFunnelPage() {
  const events = useQuery(eventsQuery);
  const starter = events.data && starterFunnel(events.data);
  if (starter) return <NewFunnel starter={starter} />;
  return (
    <Page title="New funnel" crumbs={crumbs}>
      <Fetched query={events} what="The events" loading={<ListSkeleton label="Loading events" />}>
        {() => <NothingToCount />}
      </Fetched>
    </Page>
  );
}

function NewFunnel({ starter }: { starter: FunnelDefinition }) {
  const router = useRouter();
  const create = useCreateFunnel();
  const editing = useFunnelDraft({ funnelId: null, name: starterName, saved: starter });
  const { funnel, name, setName } = editing;
  const save = () => {
    if (funnel === null || create.isPending) return;
    create.mutate(
      { name, funnel },
      {
        onSuccess: (saved) => {
          editing.saveDone(saved.funnel);
          notify(`${saved.name} saved.`);
          router.replace(`/funnels/${saved.id}`);
        },
        onError: (error) => notifyProblem(messageOf(error)),
      },
    );
  };
  return (
    <Page
      title={name}
      crumbs={crumbs}
      heading={
        <EditableName
          name={name}
          what="funnel"
          onRename={async (wanted) => {
            setName(wanted);
          }}
        />
      }
      actions={
        <>
          <DraftButtons editing={editing} />
          <Button look="primary" disabled={funnel === null || create.isPending} onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <FunnelComposer editing={editing} onSave={save} />
    </Page>
  );
}
