CREATE TYPE "public"."grade" AS ENUM('good', 'weak', 'bad');--> statement-breakpoint
CREATE TYPE "public"."verdict" AS ENUM('all', 'picture', 'speech', 'none');--> statement-breakpoint
CREATE TYPE "public"."enough" AS ENUM('yes', 'partly', 'no');--> statement-breakpoint
CREATE TABLE "network_checks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"visit_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"verdict" "verdict" NOT NULL,
	"report" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quality_samples" (
	"visit_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"grade" "grade" NOT NULL,
	"sample" jsonb NOT NULL,
	CONSTRAINT "quality_samples_visit_id_participant_id_at_pk" PRIMARY KEY("visit_id","participant_id","at")
);
--> statement-breakpoint
ALTER TABLE "documentations" ADD COLUMN "sound_enough" "enough";--> statement-breakpoint
ALTER TABLE "documentations" ADD COLUMN "picture_enough" "enough";--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "phone_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "network_checks" ADD CONSTRAINT "network_checks_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "network_checks" ADD CONSTRAINT "network_checks_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quality_samples" ADD CONSTRAINT "quality_samples_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quality_samples" ADD CONSTRAINT "quality_samples_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "network_checks_visit_id_participant_id_at_index" ON "network_checks" USING btree ("visit_id","participant_id","at");