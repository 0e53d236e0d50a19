"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { destinationQuery, useUpdateDestination } from "@/client/queries/destinations";
import type { Destination } from "@/core/api/destinations";
import { toolOf } from "@/core/destinations/tools";
import { ScheduleList } from "../files/schedule-list";
import { ForwardingView } from "../forwarding/forwarding-view";
import { Page } from "../shell/page";
import { DeliveryList } from "../syncs/delivery-list";
import { SyncList } from "../syncs/sync-list";
import { EditableName } from "../ui/editable-name";
import { EmptyState } from "../ui/empty-state";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { Tabs } from "../ui/tabs";
import { notify } from "../ui/toast";
import { DestinationForm } from "./destination-form";
import { HealthBadge } from "./health";
import { RemoveDestination } from "./remove-destination";

const views = ["syncs", "files", "events", "deliveries", "settings"] as const;

/** One destination: which audiences go there, what was delivered, and how it is connected. */
export function DestinationPage({ id }: { id: string }) {
  const query = useQuery(destinationQuery(id));
  const update = useUpdateDestination();
  const destination = query.data;
  return (
    <Page
      title={destination?.name ?? "Destination"}
      crumbs={[{ label: "Destinations", href: "/destinations" }]}
      heading={
        destination && (
          <EditableName
            name={destination.name}
            what="destination"
            onRename={(name) => update.mutateAsync({ id, body: { name } })}
          />
        )
      }
      aside={destination && <HealthBadge health={destination.health} />}
    >
      <Fetched query={query} what="The destination" loading={<ListSkeleton label="Loading the destination" />}>
        {(data) => <DestinationParts destination={data} />}
      </Fetched>
    </Page>
  );
}

function DestinationParts({ destination }: { destination: Destination }) {
  const [view, setView] = useQueryState("view", parseAsStringLiteral(views).withDefault("syncs"));
  return (
    <Tabs
      label="Parts of the destination"
      value={view}
      onChange={(next) => void setView(next)}
      tabs={[
        {
          value: "syncs",
          label: "Audiences sent",
          content: (
            <SyncList
              which={{ destinationId: destination.id }}
              none={
                <EmptyState title="No audience is sent here yet" className="max-w-2xl">
                  <p>Open an audience and choose Send to. You see who would be sent before anything is.</p>
                </EmptyState>
              }
            />
          ),
        },
        ...(toolOf(destination.tool)?.takesFiles
          ? [
              {
                value: "files" as const,
                label: "Files",
                content: (
                  <ScheduleList
                    which={{ destinationId: destination.id }}
                    none={
                      <EmptyState title="No file on a schedule goes here yet" className="max-w-2xl">
                        <p>Open an audience, then Files: everybody who is in, every hour, day or week.</p>
                      </EmptyState>
                    }
                  />
                ),
              },
            ]
          : []),
        ...(toolOf(destination.tool)?.takesEvents
          ? [{ value: "events" as const, label: "Events", content: <ForwardingView destination={destination} /> }]
          : []),
        {
          value: "deliveries",
          label: "Deliveries",
          content: <DeliveryList which={{ destinationId: destination.id }} />,
        },
        { value: "settings", label: "Settings", content: <Settings destination={destination} /> },
      ]}
    />
  );
}

function Settings({ destination }: { destination: Destination }) {
  const update = useUpdateDestination();
  const tool = toolOf(destination.tool);
  if (tool === undefined) return null;
  return (
    <div className="grid gap-8">
      <DestinationForm
        key={destination.updatedAt}
        tool={tool}
        destination={destination}
        isSaving={update.isPending}
        error={update.error}
        onSave={({ tool: _, ...body }) =>
          update.mutate({ id: destination.id, body }, { onSuccess: ({ name }) => notify(`${name} saved.`) })
        }
      />
      <div>
        <RemoveDestination destination={destination} />
      </div>
    </div>
  );
}
