-- AlterTable
ALTER TABLE "Audience" ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "AudienceVersion" ADD COLUMN     "note" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "restoredFrom" INTEGER;
