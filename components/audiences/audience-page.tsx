"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { formatClock } from "@/client/format";
import { audienceQuery, useUpdateAudience } from "@/client/queries/audiences";
import { useTimeZone } from "@/client/queries/workspace";
import type { AudienceWithCount } from "@/core/api/audiences";
import { SizeLine } from "../audience-insight/size-line";
import { TextMenu } from "../definition-text/text-menu";
import { Page } from "../shell/page";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { EditableName } from "../ui/editable-name";
import { Fetched } from "../ui/fetched";
import { Figure } from "../ui/figure";
import { ListSkeleton } from "../ui/skeleton";
import { TextLink } from "../ui/text-link";
import { AudienceMenu } from "./audience-menu";
import { AudienceTabs } from "./audience-tabs";
import { DefinitionText } from "./definition-text";
import { ExportButton } from "./export-button";
import { LinkButton } from "./link-button";
import { RenameDialog } from "./rename-dialog";
import { TagEditor } from "./tag-editor";
import { TagList } from "./tag-list";
import { useAudienceActions } from "./use-audience-actions";
import { useFollowing } from "./use-following";
import { type LiveChanges, useLiveChanges } from "./use-live-changes";

const crumbs = [{ label: "Audiences", href: "/audiences" }];

/** One audience: what it means, how many it holds, who they are, and the file of them. */
export function AudiencePage({ id }: { id: string }) {
  const query = useQuery(audienceQuery(id));
  const update = useUpdateAudience();
  const [renaming, setRenaming] = useState(false);
  const audience = query.data;
  return (
    <Page
      title={audience?.name ?? "Audience"}
      crumbs={crumbs}
      heading={
        audience && (
          <EditableName name={audience.name} what="audience" onRename={(name) => update.mutateAsync({ id, name })} />
        )
      }
      aside={audience && <Badge className="max-desk:hidden">Version {audience.version}</Badge>}
      actions={
        audience && (
          <>
            <TextMenu definition={audience.definition} />
            <AudienceMenu audience={audience} onRename={() => setRenaming(true)} />
            {audience.archivedAt === null && (
              <Button asChild>
                <Link href={`/audiences/${id}/edit`}>Edit</Link>
              </Button>
            )}
          </>
        )
      }
    >
      <Fetched query={query} what="The audience" loading={<ListSkeleton rows={10} label="Loading the audience" />}>
        {(data) => (
          <>
            {data.archivedAt === null ? <LiveAnswer audience={data} /> : <Archived audience={data} />}
            <RenameDialog audience={renaming ? data : undefined} onClose={() => setRenaming(false)} />
          </>
        )}
      </Fetched>
    </Page>
  );
}

/** What the page says follows who enters and leaves. */
function LiveAnswer({ audience }: { audience: AudienceWithCount }) {
  const live = useLiveChanges(audience.id);
  useFollowing(audience.id, live);
  return (
    <>
      <Answer audience={audience} state={live.state} />
      <AudienceTabs audience={audience} live={live} />
    </>
  );
}

/** Of an archived audience nobody's membership is kept. */
function Archived({ audience }: { audience: AudienceWithCount }) {
  const { restore } = useAudienceActions(audience);
  return (
    <>
      <p className="mb-4 rounded-3 border border-line bg-sunken px-3 py-2 text-ink-2">
        This audience is archived. <TextLink onClick={restore}>Bring it back</TextLink>
      </p>
      <Answer audience={audience} />
      <AudienceTabs audience={audience} />
    </>
  );
}

const stateWords = { connecting: "", open: " · live", lost: " · connection lost, trying again" };

function Answer({ audience, state = "connecting" }: { audience: AudienceWithCount; state?: LiveChanges["state"] }) {
  const timeZone = useTimeZone();
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,400px)] items-start gap-x-8 gap-y-4 pb-4 max-desk:grid-cols-1">
        <div className="grid gap-3">
          <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
            <Figure
              value={audience.count}
              unit={audience.count === 1 ? "person" : "people"}
              of={audience.candidates}
              asOf={`as of ${formatClock(audience.asOf, timeZone)} · exact${stateWords[state]}`}
            />
            <div className="flex flex-wrap gap-2">
              <LinkButton audienceId={audience.id} />
              <ExportButton audience={audience} />
            </div>
          </div>
          {audience.description && <p className="max-w-[68ch] text-ink-2">{audience.description}</p>}
          <div className="-ml-2.5 flex flex-wrap items-center gap-1.5">
            <TagEditor audience={audience} />
            <TagList tags={audience.tags} />
          </div>
        </div>
        <SizeLine definition={audience.definition} now={audience} />
      </div>
      <DefinitionText definition={audience.definition} />
    </>
  );
}
