-- CreateTable
CREATE TABLE "TrackingPlanVersion" (
    "workspaceId" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "createdBy" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "restoredFrom" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TrackingPlanVersion_pkey" PRIMARY KEY ("workspaceId","version")
);

-- CreateTable
CREATE TABLE "PlanEnforcement" (
    "sourceId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL DEFAULT '',
    "checked" BOOLEAN NOT NULL DEFAULT true,
    "violations" TEXT NOT NULL DEFAULT 'mark',
    "unplannedEvents" TEXT NOT NULL DEFAULT 'mark',

    CONSTRAINT "PlanEnforcement_pkey" PRIMARY KEY ("sourceId")
);

-- CreateIndex
CREATE UNIQUE INDEX "PlanEnforcement_workspaceId_sourceId_key" ON "PlanEnforcement"("workspaceId", "sourceId");

-- AddForeignKey
ALTER TABLE "TrackingPlanVersion" ADD CONSTRAINT "TrackingPlanVersion_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanEnforcement" ADD CONSTRAINT "PlanEnforcement_workspaceId_sourceId_fkey" FOREIGN KEY ("workspaceId", "sourceId") REFERENCES "Source"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
