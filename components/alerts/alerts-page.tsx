"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { type AlertDraft, newAlertDraft } from "@/client/alert-draft";
import { alertsQuery } from "@/client/queries/alerts";
import { Page } from "../shell/page";
import { Button } from "../ui/button";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { AlertCard } from "./alert-card";
import { NewAlert } from "./new-alert";
import { AlertStarters } from "./starters";

/** Who is told when something goes wrong. */
export function AlertsPage() {
  const alerts = useQuery(alertsQuery);
  const [start, setStart] = useState<AlertDraft>();
  const isThere = alerts.data !== undefined && alerts.data.length > 0;
  return (
    <Page
      title="Alerts"
      actions={
        isThere &&
        start === undefined && (
          <Button look="primary" onClick={() => setStart(newAlertDraft("sync_failing"))}>
            <Plus aria-hidden />
            New alert
          </Button>
        )
      }
    >
      <Fetched query={alerts} what="The alerts" loading={<ListSkeleton rows={3} label="Loading alerts" />}>
        {(items) => (
          <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-2.5">
            {start && <NewAlert start={start} onDone={() => setStart(undefined)} />}
            {items.length === 0 && !start && <AlertStarters onStart={(kind) => setStart(newAlertDraft(kind))} />}
            {items.length > 0 && (
              <ul className="grid grid-cols-[minmax(0,1fr)] gap-2.5" aria-label="Alerts">
                {items.map((alert) => (
                  <AlertCard key={alert.id} alert={alert} />
                ))}
              </ul>
            )}
          </div>
        )}
      </Fetched>
    </Page>
  );
}
