ALTER TABLE "participants" ADD COLUMN "identity_method" "identity_method";--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "identity_by" uuid;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "identity_at" timestamp with time zone;