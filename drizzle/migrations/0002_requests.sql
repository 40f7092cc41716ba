CREATE TYPE "public"."priority" AS ENUM('soon', 'planned');--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "about" text;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "priority" "priority";