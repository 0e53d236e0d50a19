"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { formatCount, formatShare } from "@/client/format";
import { windowLimitWords } from "@/client/funnel-draft/sentence-words";
import { funnelPreviewQuery } from "@/client/queries/funnels";
import type { Funnel } from "@/core/api/funnels";
import { stepLabel } from "@/core/funnel/label";
import { Age } from "../ui/age";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { FunnelMenu } from "./funnel-menu";

/** Saved funnels, each with the share of people who get to its end, as of now. */
export function FunnelList({ funnels }: { funnels: readonly Funnel[] }) {
  return (
    <Table label="Funnels" className="table-fixed">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th className="max-desk:hidden">Steps</Th>
          <Th figure className="w-40 max-desk:w-28">
            Get to the end
          </Th>
          <Th figure className="w-28 max-desk:hidden">
            Changed
          </Th>
          <Th className="w-9">
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {funnels.map((funnel) => (
          <FunnelRow key={funnel.id} funnel={funnel} />
        ))}
      </tbody>
    </Table>
  );
}

function FunnelRow({ funnel }: { funnel: Funnel }) {
  const { steps, window } = funnel.funnel;
  const words = `${steps.map(stepLabel).join(" → ")}, ${windowLimitWords(window)}`;
  return (
    <Tr className="relative">
      <RowHead className="truncate">
        <Link href={`/funnels/${funnel.id}`} className="font-word after:absolute after:inset-0 hover:underline">
          {funnel.name}
        </Link>
      </RowHead>
      <Td className="truncate text-ink-2 max-desk:hidden">{words}</Td>
      <Td figure>
        <EndShare funnel={funnel} />
      </Td>
      <Td figure className="text-ink-3 max-desk:hidden">
        <Age at={funnel.updatedAt} />
      </Td>
      <Td className="text-right">
        <FunnelMenu funnel={funnel} />
      </Td>
    </Tr>
  );
}

function EndShare({ funnel: { funnel, archivedAt } }: { funnel: Funnel }) {
  const query = useQuery({ ...funnelPreviewQuery(funnel), enabled: archivedAt === null, staleTime: 60_000 });
  const first = query.data?.steps[0];
  const last = query.data?.steps.at(-1);
  if (!first || !last) return <span className="text-ink-3">{query.isError ? "could not be counted" : "–"}</span>;
  return (
    <>
      {last.fromFirst !== null && <b>{formatShare(last.fromFirst)}</b>}{" "}
      <span className="text-ink-3 max-desk:hidden">
        {formatCount(last.people)} of {formatCount(first.people)}
      </span>
    </>
  );
}
