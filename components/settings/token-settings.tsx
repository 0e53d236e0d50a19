"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatDate } from "@/client/format";
import { tokensQuery } from "@/client/queries/tokens";
import { useTimeZone } from "@/client/queries/workspace";
import type { ApiToken } from "@/core/api/workspace";
import { Age } from "../ui/age";
import { Button } from "../ui/button";
import { Fetched } from "../ui/fetched";
import { ListSkeleton } from "../ui/skeleton";
import { RowHead, Table, Td, Th, Tr } from "../ui/table";
import { NewTokenDialog } from "./new-token-dialog";
import { RevokeDialog } from "./revoke-dialog";
import { SettingsSection } from "./settings-section";

export function TokenSettings() {
  const tokens = useQuery(tokensQuery);
  const timeZone = useTimeZone();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiToken>();
  return (
    <SettingsSection
      title="API tokens"
      lead="For scripts and other programs. A token may do all that you may; it is stored hashed."
    >
      <Fetched query={tokens} what="The tokens" loading={<ListSkeleton rows={2} label="Loading tokens" />}>
        {(items) =>
          items.length === 0 ? (
            <p className="pb-3 text-ink-2">No token yet.</p>
          ) : (
            <div className="pb-3">
              <Table label="API tokens">
                <thead>
                  <tr>
                    <Th>Name</Th>
                    <Th>Begins with</Th>
                    <Th className="max-desk:hidden">Made</Th>
                    <Th figure>Used</Th>
                    <Th className="w-20">
                      <span className="sr-only">Actions</span>
                    </Th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((token) => (
                    <Tr key={token.id}>
                      <RowHead className="max-w-40 truncate font-word">{token.name}</RowHead>
                      <Td className="font-mono text-12 text-ink-2">{token.prefix}…</Td>
                      <Td className="whitespace-nowrap text-ink-3 max-desk:hidden">
                        {formatDate(token.createdAt, timeZone)}
                      </Td>
                      <Td figure className="text-ink-3">
                        {token.lastUsedAt ? <Age at={token.lastUsedAt} /> : "never"}
                      </Td>
                      <Td figure>
                        <Button look="quiet" aria-label={`Revoke ${token.name}`} onClick={() => setRevoking(token)}>
                          Revoke
                        </Button>
                      </Td>
                    </Tr>
                  ))}
                </tbody>
              </Table>
            </div>
          )
        }
      </Fetched>
      <Button onClick={() => setMaking(true)}>Make a token</Button>
      <NewTokenDialog open={making} onClose={() => setMaking(false)} />
      <RevokeDialog token={revoking} onClose={() => setRevoking(undefined)} />
    </SettingsSection>
  );
}
