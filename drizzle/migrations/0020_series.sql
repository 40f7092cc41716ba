ALTER TABLE "visits" ADD COLUMN "series_id" uuid;--> statement-breakpoint
CREATE INDEX "visits_series_index" ON "visits" USING btree ("series_id","starts_at") WHERE "visits"."series_id" is not null;