-- AlterEnum
ALTER TYPE "ImportFormat" ADD VALUE 'parquet';
