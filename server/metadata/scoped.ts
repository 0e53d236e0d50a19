import type { Prisma, PrismaClient } from "@/generated/prisma/client";

/** Whose the rows of each model are: the installation's, or of the workspace whose id stands in a column of theirs. */
const columns: Readonly<Record<Prisma.ModelName, "installation" | "id" | "workspaceId">> = {
  User: "installation",
  Session: "installation",
  Account: "installation",
  Verification: "installation",
  Workspace: "id",
  ApiToken: "workspaceId",
  Source: "workspaceId",
  WriteKey: "workspaceId",
  Audience: "workspaceId",
  AudienceVersion: "workspaceId",
  Funnel: "workspaceId",
  FunnelVersion: "workspaceId",
  Import: "workspaceId",
  TrackingPlanVersion: "workspaceId",
  PlanEnforcement: "workspaceId",
  Destination: "workspaceId",
  Sync: "workspaceId",
  Forwarding: "workspaceId",
  MembersLink: "workspaceId",
  Schedule: "workspaceId",
  ScheduleRun: "workspaceId",
  Alert: "workspaceId",
  AlertFiring: "workspaceId",
  AlertMessage: "workspaceId",
};

function isModel(name: string | undefined): name is Prisma.ModelName {
  return name !== undefined && Object.hasOwn(columns, name);
}

interface Arguments {
  where?: object & { AND?: unknown };
  data?: unknown;
  create?: unknown;
}

/** Puts the workspace into what a call looks for and into what it makes. Rows made within others take it from those. */
function addScope(args: Arguments, operation: string, scope: Readonly<Record<string, string>>): void {
  const made = (data: unknown): unknown => (Array.isArray(data) ? data.map(made) : { ...Object(data), ...scope });
  if (operation.startsWith("create")) {
    args.data = made(args.data);
    return;
  }
  if (operation === "upsert") args.create = made(args.create);
  // Unique names stay where they are, for which a call may look; the rest holds besides.
  args.where = { ...args.where, AND: [scope, { AND: args.where?.AND ?? [] }] };
}

/**
 * The metadata of one workspace: whatever is asked through it finds and changes nothing of another, and what it makes is
 * that workspace's. The only metadata that verbs get; accounts, which are the installation's, are as they are.
 */
export function scopedTo(metadata: PrismaClient, workspaceId: string) {
  return metadata.$extends({
    name: "workspace",
    query: {
      $allOperations({ model, operation, args, query }) {
        const column = isModel(model) ? columns[model] : undefined;
        if (column === undefined) throw new Error(`${operation} knows of no workspace`);
        if (column === "installation") return query(args);
        const own = { ...args };
        addScope(own, operation, { [column]: workspaceId });
        return query(own);
      },
    },
  });
}

export type Metadata = ReturnType<typeof scopedTo>;
