-- AlterTable
ALTER TABLE "Workspace" ADD COLUMN     "identityRules" JSONB;
