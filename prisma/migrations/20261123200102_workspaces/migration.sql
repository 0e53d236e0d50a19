-- CreateEnum
CREATE TYPE "WorkspaceEnvironment" AS ENUM ('production', 'staging', 'development');

-- DropForeignKey
ALTER TABLE "AudienceVersion" DROP CONSTRAINT "AudienceVersion_audienceId_fkey";

-- DropForeignKey
ALTER TABLE "Import" DROP CONSTRAINT "Import_sourceId_fkey";

-- DropForeignKey
ALTER TABLE "WriteKey" DROP CONSTRAINT "WriteKey_sourceId_fkey";

-- DropIndex
DROP INDEX "Audience_key_key";

-- DropIndex
DROP INDEX "Audience_updatedAt_id_idx";

-- DropIndex
DROP INDEX "Funnel_updatedAt_id_idx";

-- DropIndex
DROP INDEX "Import_startedAt_id_idx";

-- DropIndex
DROP INDEX "Source_createdAt_id_idx";

-- DropIndex
DROP INDEX "Source_kind_key";

-- DropIndex
DROP INDEX "Workspace_single_key";

-- AlterTable
ALTER TABLE "ApiToken" ADD COLUMN     "workspaceId" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Audience" ADD COLUMN     "workspaceId" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "AudienceVersion" ADD COLUMN     "workspaceId" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Funnel" ADD COLUMN     "workspaceId" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Import" ADD COLUMN     "workspaceId" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Source" ADD COLUMN     "workspaceId" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Workspace" DROP COLUMN "single",
ADD COLUMN     "database" TEXT,
ADD COLUMN     "environment" "WorkspaceEnvironment" NOT NULL DEFAULT 'production',
ADD COLUMN     "removedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "WriteKey" ADD COLUMN     "workspaceId" TEXT NOT NULL DEFAULT '';

-- The first workspace, and everything that is there belongs to it.
INSERT INTO "Workspace" ("id", "name", "updatedAt")
SELECT gen_random_uuid()::text, 'My workspace', now() WHERE NOT EXISTS (SELECT FROM "Workspace");

UPDATE "ApiToken" SET "workspaceId" = (SELECT "id" FROM "Workspace");
UPDATE "Audience" SET "workspaceId" = (SELECT "id" FROM "Workspace");
UPDATE "AudienceVersion" SET "workspaceId" = (SELECT "id" FROM "Workspace");
UPDATE "Funnel" SET "workspaceId" = (SELECT "id" FROM "Workspace");
UPDATE "Import" SET "workspaceId" = (SELECT "id" FROM "Workspace");
UPDATE "Source" SET "workspaceId" = (SELECT "id" FROM "Workspace");
UPDATE "WriteKey" SET "workspaceId" = (SELECT "id" FROM "Workspace");

-- CreateIndex
CREATE INDEX "ApiToken_workspaceId_id_idx" ON "ApiToken"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "Audience_workspaceId_updatedAt_id_idx" ON "Audience"("workspaceId", "updatedAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Audience_workspaceId_id_key" ON "Audience"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Audience_workspaceId_key_key" ON "Audience"("workspaceId", "key");

-- CreateIndex
CREATE INDEX "Funnel_workspaceId_updatedAt_id_idx" ON "Funnel"("workspaceId", "updatedAt", "id");

-- CreateIndex
CREATE INDEX "Import_workspaceId_id_idx" ON "Import"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Source_workspaceId_id_key" ON "Source"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Source_workspaceId_kind_key" ON "Source"("workspaceId", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "Workspace_database_key" ON "Workspace"("database");

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Source" ADD CONSTRAINT "Source_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WriteKey" ADD CONSTRAINT "WriteKey_workspaceId_sourceId_fkey" FOREIGN KEY ("workspaceId", "sourceId") REFERENCES "Source"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Audience" ADD CONSTRAINT "Audience_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AudienceVersion" ADD CONSTRAINT "AudienceVersion_workspaceId_audienceId_fkey" FOREIGN KEY ("workspaceId", "audienceId") REFERENCES "Audience"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Funnel" ADD CONSTRAINT "Funnel_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Import" ADD CONSTRAINT "Import_workspaceId_sourceId_fkey" FOREIGN KEY ("workspaceId", "sourceId") REFERENCES "Source"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
