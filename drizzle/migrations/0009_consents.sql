CREATE TYPE "public"."capacity_basis" AS ENUM('own', 'guardian', 'attitude', 'statutory');--> statement-breakpoint
CREATE TYPE "public"."consent_end" AS ENUM('withdrawn', 'expired');--> statement-breakpoint
CREATE TYPE "public"."consent_form" AS ENUM('oral', 'written', 'eId');--> statement-breakpoint
CREATE TYPE "public"."consent_type" AS ENUM('careVisit', 'carePlan', 'secrecyWaiver', 'recordAccess', 'relativePresence', 'relativeDisclosure', 'interpreter', 'observer', 'recording', 'selfMonitoring', 'research');--> statement-breakpoint
ALTER TYPE "public"."seat_status" ADD VALUE 'withheld' BEFORE 'removed';--> statement-breakpoint
CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"patient_id" uuid NOT NULL,
	"type" "consent_type" NOT NULL,
	"visit_id" uuid,
	"relative_id" uuid,
	"organisation_id" uuid,
	"topics" text DEFAULT '' NOT NULL,
	"exclusions" text DEFAULT '' NOT NULL,
	"capacity" "capacity_basis" NOT NULL,
	"capacity_note" text DEFAULT '' NOT NULL,
	"guardian_id" uuid,
	"form" "consent_form" NOT NULL,
	"kept_by" uuid NOT NULL,
	"given_at" timestamp with time zone DEFAULT now() NOT NULL,
	"valid_until" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended_as" "consent_end",
	"ended_by" uuid,
	CONSTRAINT "an_end_has_a_kind" CHECK (("consents"."ended_at" is null) = ("consents"."ended_as" is null)),
	CONSTRAINT "a_child_has_a_guardian" CHECK (("consents"."capacity" = 'guardian') = ("consents"."guardian_id" is not null))
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "level" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_relative_id_relatives_id_fk" FOREIGN KEY ("relative_id") REFERENCES "public"."relatives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_guardian_id_relatives_id_fk" FOREIGN KEY ("guardian_id") REFERENCES "public"."relatives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consents_patient_id_index" ON "consents" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "consents_running_out_index" ON "consents" USING btree ("valid_until") WHERE "consents"."ended_at" is null;