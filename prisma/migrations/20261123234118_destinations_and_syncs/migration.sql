-- CreateEnum
CREATE TYPE "SyncStatus" AS ENUM ('running', 'paused', 'cancelled');

-- CreateTable
CREATE TABLE "Destination" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL DEFAULT '',
    "tool" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "secrets" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "forwarding" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Destination_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Sync" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL DEFAULT '',
    "destinationId" TEXT NOT NULL,
    "audienceId" TEXT NOT NULL,
    "suppressionId" TEXT,
    "sendsEntering" BOOLEAN NOT NULL DEFAULT true,
    "sendsLeaving" BOOLEAN NOT NULL DEFAULT true,
    "options" JSONB NOT NULL,
    "prepared" JSONB,
    "status" "SyncStatus" NOT NULL DEFAULT 'running',
    "cursor" TEXT,
    "suppressionCursor" TEXT,
    "firstNext" BIGINT DEFAULT 0,
    "firstTotal" INTEGER NOT NULL DEFAULT 0,
    "firstDone" INTEGER NOT NULL DEFAULT 0,
    "resendBefore" TIMESTAMPTZ(3),
    "trouble" JSONB,
    "lastDeliveredAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Sync_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Destination_workspaceId_id_key" ON "Destination"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "Sync_workspaceId_audienceId_idx" ON "Sync"("workspaceId", "audienceId");

-- CreateIndex
CREATE UNIQUE INDEX "Sync_workspaceId_destinationId_audienceId_key" ON "Sync"("workspaceId", "destinationId", "audienceId");

-- AddForeignKey
ALTER TABLE "Destination" ADD CONSTRAINT "Destination_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Sync" ADD CONSTRAINT "Sync_workspaceId_destinationId_fkey" FOREIGN KEY ("workspaceId", "destinationId") REFERENCES "Destination"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Sync" ADD CONSTRAINT "Sync_workspaceId_audienceId_fkey" FOREIGN KEY ("workspaceId", "audienceId") REFERENCES "Audience"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Sync" ADD CONSTRAINT "Sync_workspaceId_suppressionId_fkey" FOREIGN KEY ("workspaceId", "suppressionId") REFERENCES "Audience"("workspaceId", "id") ON DELETE NO ACTION ON UPDATE CASCADE;
