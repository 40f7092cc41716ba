ALTER TYPE "public"."priority" ADD VALUE 'acute' BEFORE 'soon';--> statement-breakpoint
CREATE TABLE "queue_hours" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"weekday" integer NOT NULL,
	"opens" time NOT NULL,
	"closes" time NOT NULL,
	CONSTRAINT "a_day_of_the_queue" CHECK ("queue_hours"."weekday" between 1 and 7),
	CONSTRAINT "a_queue_opens_before_it_closes" CHECK ("queue_hours"."opens" < "queue_hours"."closes")
);
--> statement-breakpoint
CREATE TABLE "queue_questions" (
	"unit_id" uuid PRIMARY KEY NOT NULL,
	"questions" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "queued_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "called_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "answers" text;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "handed_from" uuid;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "handed_reason" text;--> statement-breakpoint
ALTER TABLE "queue_hours" ADD CONSTRAINT "queue_hours_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_questions" ADD CONSTRAINT "queue_questions_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "queue_hours_unit_id_index" ON "queue_hours" USING btree ("unit_id");--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_handed_from_units_id_fk" FOREIGN KEY ("handed_from") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "visits_queue_index" ON "visits" USING btree ("unit_id","queued_at") WHERE "visits"."queued_at" is not null;