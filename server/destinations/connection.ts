import * as z from "zod";
import type { Destination as DestinationRow } from "@/generated/prisma/client";
import { type FieldMapping, fieldMapping, type IdentifierKind, identifierKinds } from "../../core/destinations/tool";
import type { Destination } from "./destination";
import type { Pacer } from "./pacer";
import { destinationOf } from "./registry";
import type { Secrets } from "./secrets";

/** A destination of a workspace, ready to be spoken to. */
export interface Connection {
  readonly id: string;
  readonly destination: Destination;
  /** With its secrets. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What must not be seen in any log. */
  readonly secrets: readonly string[];
  readonly identifier: IdentifierKind;
  readonly mapping: FieldMapping;
  readonly pacer: Pacer;
}

const jsonObject = z.record(z.string(), z.unknown());
const secretTexts = z.record(z.string(), z.string());

/** Errors: `conflict` where its secrets cannot be read. */
export function secretsOf(row: Pick<DestinationRow, "secrets" | "workspaceId">, secrets: Secrets) {
  return secretTexts.parse(JSON.parse(secrets.open(row.secrets, row.workspaceId)));
}

/** Errors: `conflict` where its secrets cannot be read. */
export function connectionOf(row: DestinationRow, secrets: Secrets, pacer: Pacer): Connection {
  const texts = secretsOf(row, secrets);
  return {
    id: row.id,
    destination: destinationOf(row.tool),
    settings: { ...jsonObject.parse(row.settings), ...texts },
    secrets: Object.values(texts),
    identifier: z.enum(identifierKinds).parse(row.identifier),
    mapping: fieldMapping.parse(row.mapping),
    pacer,
  };
}
