-- AlterTable
ALTER TABLE "Funnel" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "FunnelVersion" (
    "workspaceId" TEXT NOT NULL DEFAULT '',
    "funnelId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "funnel" JSONB NOT NULL,
    "createdBy" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "restoredFrom" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FunnelVersion_pkey" PRIMARY KEY ("funnelId","version")
);

-- CreateIndex
CREATE UNIQUE INDEX "Funnel_workspaceId_id_key" ON "Funnel"("workspaceId", "id");

-- AddForeignKey
ALTER TABLE "FunnelVersion" ADD CONSTRAINT "FunnelVersion_workspaceId_funnelId_fkey" FOREIGN KEY ("workspaceId", "funnelId") REFERENCES "Funnel"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was saved before is version 1; who made it was not noted.
INSERT INTO "FunnelVersion" ("workspaceId", "funnelId", "version", "funnel", "createdAt")
SELECT "workspaceId", "id", 1, "funnel", "updatedAt" FROM "Funnel";
