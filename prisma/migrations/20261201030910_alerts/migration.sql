-- AlterTable
ALTER TABLE "Forwarding" ADD COLUMN     "troubleSince" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Sync" ADD COLUMN     "troubleSince" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Alert" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL DEFAULT '',
    "rule" JSONB NOT NULL,
    "channel" JSONB NOT NULL,
    "secrets" TEXT NOT NULL,
    "remindHours" INTEGER,
    "mutedUntil" TIMESTAMPTZ(3),
    "archivedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AlertFiring" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL DEFAULT '',
    "alertId" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "subjectName" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "firedAt" TIMESTAMPTZ(3) NOT NULL,
    "toldAt" TIMESTAMPTZ(3),
    "resolvedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AlertFiring_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AlertMessage" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL DEFAULT '',
    "alertId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "lines" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAt" TIMESTAMPTZ(3),
    "toldAt" TIMESTAMPTZ(3),
    "failure" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AlertMessage_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Alert_workspaceId_id_key" ON "Alert"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "AlertFiring_workspaceId_alertId_resolvedAt_idx" ON "AlertFiring"("workspaceId", "alertId", "resolvedAt");

-- CreateIndex
CREATE INDEX "AlertMessage_workspaceId_alertId_id_idx" ON "AlertMessage"("workspaceId", "alertId", "id");

-- CreateIndex
CREATE INDEX "AlertMessage_workspaceId_status_idx" ON "AlertMessage"("workspaceId", "status");

-- AddForeignKey
ALTER TABLE "Alert" ADD CONSTRAINT "Alert_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AlertFiring" ADD CONSTRAINT "AlertFiring_workspaceId_alertId_fkey" FOREIGN KEY ("workspaceId", "alertId") REFERENCES "Alert"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AlertMessage" ADD CONSTRAINT "AlertMessage_workspaceId_alertId_fkey" FOREIGN KEY ("workspaceId", "alertId") REFERENCES "Alert"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
