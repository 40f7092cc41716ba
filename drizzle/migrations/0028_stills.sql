CREATE TYPE "public"."body_site" AS ENUM('head', 'face', 'eyes', 'mouth', 'neck', 'chest', 'abdomen', 'groin', 'upperBack', 'lowerBack', 'sacrum', 'left_ear', 'right_ear', 'left_shoulder', 'right_shoulder', 'left_upperArm', 'right_upperArm', 'left_elbow', 'right_elbow', 'left_forearm', 'right_forearm', 'left_hand', 'right_hand', 'left_hip', 'right_hip', 'left_thigh', 'right_thigh', 'left_knee', 'right_knee', 'left_lowerLeg', 'right_lowerLeg', 'left_heel', 'right_heel', 'left_foot', 'right_foot');--> statement-breakpoint
CREATE TYPE "public"."still_kind" AS ENUM('record', 'working');--> statement-breakpoint
ALTER TYPE "public"."source" ADD VALUE 'examination';--> statement-breakpoint
CREATE TABLE "frozen_pictures" (
	"visit_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"frozen_at" timestamp with time zone NOT NULL,
	"picture" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "still_pictures" (
	"still_id" uuid PRIMARY KEY NOT NULL,
	"picture" "bytea" NOT NULL,
	"small" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stills" (
	"id" uuid PRIMARY KEY NOT NULL,
	"visit_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"kind" "still_kind" NOT NULL,
	"site" "body_site" NOT NULL,
	"words" text DEFAULT '' NOT NULL,
	"scaled" boolean NOT NULL,
	"camera" text NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	"taken_by" uuid NOT NULL,
	"consent_id" uuid NOT NULL,
	"announced_at" timestamp with time zone NOT NULL,
	"arrived_at" timestamp with time zone,
	"width" integer,
	"height" integer,
	"kept_until" timestamp with time zone NOT NULL,
	"struck_at" timestamp with time zone,
	"struck_by" uuid,
	"struck_reason" text,
	CONSTRAINT "what_has_come_has_a_size" CHECK (("stills"."arrived_at" is null) = ("stills"."width" is null) and ("stills"."width" is null) = ("stills"."height" is null))
);
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "asked" text;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "frozen" jsonb;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "stills_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "frozen_pictures" ADD CONSTRAINT "frozen_pictures_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "still_pictures" ADD CONSTRAINT "still_pictures_still_id_stills_id_fk" FOREIGN KEY ("still_id") REFERENCES "public"."stills"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stills" ADD CONSTRAINT "stills_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stills" ADD CONSTRAINT "stills_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stills" ADD CONSTRAINT "stills_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stills" ADD CONSTRAINT "stills_taken_by_users_id_fk" FOREIGN KEY ("taken_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stills" ADD CONSTRAINT "stills_consent_id_consents_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."consents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stills" ADD CONSTRAINT "stills_struck_by_users_id_fk" FOREIGN KEY ("struck_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "stills_patient_id_taken_at_index" ON "stills" USING btree ("patient_id","taken_at");--> statement-breakpoint
CREATE INDEX "stills_visit_id_index" ON "stills" USING btree ("visit_id");--> statement-breakpoint
CREATE INDEX "stills_kept_until_index" ON "stills" USING btree ("kept_until");