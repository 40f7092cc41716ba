ALTER TABLE "consents" ADD COLUMN "stopped_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "consents_to_stop_index" ON "consents" USING btree ("ended_at") WHERE "consents"."ended_at" is not null and "consents"."stopped_at" is null;--> statement-breakpoint
ALTER TABLE "sessions" DROP COLUMN "id_token";--> statement-breakpoint
UPDATE "consents" SET "stopped_at" = "ended_at" WHERE "ended_at" IS NOT NULL;
