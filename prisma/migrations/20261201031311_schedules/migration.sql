-- CreateEnum
CREATE TYPE "ScheduleStatus" AS ENUM ('running', 'paused');

-- CreateEnum
CREATE TYPE "ScheduleRunStatus" AS ENUM ('running', 'done', 'failed');

-- CreateTable
CREATE TABLE "Schedule" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL DEFAULT '',
    "audienceId" TEXT NOT NULL,
    "destinationId" TEXT,
    "emails" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "columns" TEXT[],
    "format" TEXT NOT NULL,
    "timing" JSONB NOT NULL,
    "status" "ScheduleStatus" NOT NULL DEFAULT 'running',
    "doneUntil" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ScheduleRun" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL DEFAULT '',
    "scheduleId" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "status" "ScheduleRunStatus" NOT NULL DEFAULT 'running',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "retryAt" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "rows" INTEGER,
    "bytes" BIGINT,
    "location" TEXT,
    "message" TEXT,

    CONSTRAINT "ScheduleRun_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Schedule_workspaceId_audienceId_idx" ON "Schedule"("workspaceId", "audienceId");

-- CreateIndex
CREATE INDEX "Schedule_workspaceId_destinationId_idx" ON "Schedule"("workspaceId", "destinationId");

-- CreateIndex
CREATE UNIQUE INDEX "Schedule_workspaceId_id_key" ON "Schedule"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "ScheduleRun_workspaceId_scheduleId_id_idx" ON "ScheduleRun"("workspaceId", "scheduleId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ScheduleRun_scheduleId_dueAt_key" ON "ScheduleRun"("scheduleId", "dueAt");

-- AddForeignKey
ALTER TABLE "Schedule" ADD CONSTRAINT "Schedule_workspaceId_audienceId_fkey" FOREIGN KEY ("workspaceId", "audienceId") REFERENCES "Audience"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Schedule" ADD CONSTRAINT "Schedule_workspaceId_destinationId_fkey" FOREIGN KEY ("workspaceId", "destinationId") REFERENCES "Destination"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScheduleRun" ADD CONSTRAINT "ScheduleRun_workspaceId_scheduleId_fkey" FOREIGN KEY ("workspaceId", "scheduleId") REFERENCES "Schedule"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
