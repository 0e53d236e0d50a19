-- AlterTable
ALTER TABLE "Destination" DROP COLUMN "forwarding";

-- AlterTable
ALTER TABLE "Sync" DROP COLUMN "resendBefore",
DROP COLUMN "suppressionCursor",
ADD COLUMN     "namesUntil" BIGINT;

-- CreateTable
CREATE TABLE "Forwarding" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL DEFAULT '',
    "destinationId" TEXT NOT NULL,
    "choices" JSONB NOT NULL,
    "status" "SyncStatus" NOT NULL DEFAULT 'running',
    "sentUntil" BIGINT NOT NULL,
    "trouble" JSONB,
    "lastDeliveredAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Forwarding_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Forwarding_workspaceId_destinationId_key" ON "Forwarding"("workspaceId", "destinationId");

-- AddForeignKey
ALTER TABLE "Forwarding" ADD CONSTRAINT "Forwarding_workspaceId_destinationId_fkey" FOREIGN KEY ("workspaceId", "destinationId") REFERENCES "Destination"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
