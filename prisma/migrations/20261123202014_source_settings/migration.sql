-- CreateEnum
CREATE TYPE "SourceKind" AS ENUM ('browser', 'server', 'mobile', 'import', 'other');

-- AlterTable: what made a source is told from what kind it is of.
ALTER TABLE "Source" RENAME COLUMN "kind" TO "origin";
ALTER INDEX "Source_workspaceId_kind_key" RENAME TO "Source_workspaceId_origin_key";
ALTER TABLE "Source" ADD COLUMN     "kind" "SourceKind" NOT NULL DEFAULT 'other',
ADD COLUMN     "environment" "WorkspaceEnvironment",
ADD COLUMN     "enabled" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "archivedAt" TIMESTAMPTZ(3),
ADD COLUMN     "ratePerSecond" INTEGER,
ADD COLUMN     "rateBurst" INTEGER;
UPDATE "Source" SET "kind" = 'import' WHERE "origin" = 'imports';
