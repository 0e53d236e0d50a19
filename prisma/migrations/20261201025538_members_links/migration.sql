-- CreateTable
CREATE TABLE "MembersLink" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL DEFAULT '',
    "audienceId" TEXT NOT NULL,
    "columns" TEXT[],
    "format" TEXT NOT NULL,
    "asOf" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "lastOpenedAt" TIMESTAMPTZ(3),
    "createdBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MembersLink_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "MembersLink_workspaceId_audienceId_id_idx" ON "MembersLink"("workspaceId", "audienceId", "id");

-- AddForeignKey
ALTER TABLE "MembersLink" ADD CONSTRAINT "MembersLink_workspaceId_audienceId_fkey" FOREIGN KEY ("workspaceId", "audienceId") REFERENCES "Audience"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
