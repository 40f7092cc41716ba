ALTER TABLE "units" ADD COLUMN "physical_every" integer;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "suitability" jsonb;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "suitability_reason" text;