"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { messageOf } from "@/client/api-error";
import { useResend } from "@/client/queries/syncs";
import type { Delivery } from "@/core/api/syncs";
import { Age } from "../ui/age";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Td, Tr } from "../ui/table";
import { notify, notifyProblem } from "../ui/toast";
import { DeliveryRequests } from "./delivery-requests";
import { resultNames } from "./result-names";

const tones = { delivered: "in", retry: "violation", gave_up: "out", skipped: "plain" } as const;

export function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const { at, change, profileId, identifier, result, reason, batch, attempt, syncId, fields } = delivery;
  const [open, setOpen] = useState(false);
  const resend = useResend();
  return (
    <>
      <Tr>
        <Td className="text-ink-3">
          <Button
            look="quiet"
            className="-ml-2.5"
            aria-expanded={open}
            aria-label={open ? "Hide the request" : "Show the request"}
            onClick={() => setOpen(!open)}
          >
            <ChevronRight aria-hidden className={open ? "rotate-90" : ""} />
            <Age at={at} />
          </Button>
        </Td>
        <Td>
          {change === "event" ? (
            <span className="font-word">{String(fields.event || fields.type)}</span>
          ) : (
            <Badge tone={change === "entered" ? "in" : "out"}>{change}</Badge>
          )}
        </Td>
        <Td className="max-w-64 truncate">
          <Link href={`/profiles/${profileId}`} className="font-word hover:underline">
            {identifier.value || profileId}
          </Link>
        </Td>
        <Td className="whitespace-nowrap">
          <Badge tone={tones[result]}>{resultNames[result]}</Badge>
          {attempt > 1 && <span className="pl-1.5 text-12 text-ink-3">attempt {attempt}</span>}
        </Td>
        <Td className="max-w-96 text-ink-2">
          <span className="line-clamp-2 break-words">{reason}</span>
        </Td>
      </Tr>
      {open && (
        <tr>
          <td colSpan={5} className="pb-3">
            <div className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-4 bg-sunken p-3">
              {result === "skipped" ? <p>{reason}</p> : <DeliveryRequests batch={batch} />}
              {change !== "event" && (result === "gave_up" || result === "skipped") && (
                <div>
                  <Button
                    disabled={resend.isPending}
                    onClick={() =>
                      resend.mutate(
                        { id: syncId, profileId },
                        {
                          onSuccess: () => notify("This person is sent again."),
                          onError: (error) => notifyProblem(messageOf(error)),
                        },
                      )
                    }
                  >
                    Send again
                  </Button>
                </div>
              )}
            </div>
          </td>
        </tr>
      )}
    </>
  );
}
