ALTER TYPE "public"."message_purpose" ADD VALUE 'late' BEFORE 'code';--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "care_late_minutes" integer;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "patient_late_minutes" integer;