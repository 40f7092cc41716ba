CREATE TYPE "public"."opening_kind" AS ENUM('relation', 'emergency');--> statement-breakpoint
CREATE TYPE "public"."opening_reason" AS ENUM('referral', 'advice', 'transfer', 'urgentVisit', 'lifeThreatening', 'cannotAnswer');--> statement-breakpoint
CREATE TYPE "public"."review_verdict" AS ENUM('inOrder', 'asked', 'notInOrder');--> statement-breakpoint
CREATE TABLE "access_reviews" (
	"entry_id" bigint PRIMARY KEY NOT NULL,
	"unit_id" uuid NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"verdict" "review_verdict" NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agreements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"giver_id" uuid NOT NULL,
	"covers" text NOT NULL,
	"from" date NOT NULL,
	"until" date,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "one_agreement_a_pair_and_start" UNIQUE("organisation_id","giver_id","from")
);
--> statement-breakpoint
CREATE TABLE "openings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"patient_id" uuid NOT NULL,
	"assignment_id" uuid NOT NULL,
	"kind" "opening_kind" NOT NULL,
	"reason" "opening_reason" NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"unit_id" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"until" timestamp with time zone NOT NULL,
	CONSTRAINT "an_emergency_opens_a_block" CHECK (("openings"."kind" = 'emergency') = ("openings"."unit_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "record_blocks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"patient_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"set_by" uuid NOT NULL,
	"lifted_at" timestamp with time zone,
	"lifted_by" uuid
);
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "municipality" text;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "outside_region" text;--> statement-breakpoint
ALTER TABLE "access_reviews" ADD CONSTRAINT "access_reviews_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_giver_id_organisations_id_fk" FOREIGN KEY ("giver_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "openings" ADD CONSTRAINT "openings_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "openings" ADD CONSTRAINT "openings_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "openings" ADD CONSTRAINT "openings_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_blocks" ADD CONSTRAINT "record_blocks_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_blocks" ADD CONSTRAINT "record_blocks_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "access_reviews_unit_id_index" ON "access_reviews" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "agreements_organisation_id_index" ON "agreements" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "openings_patient_id_index" ON "openings" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "openings_assignment_id_index" ON "openings" USING btree ("assignment_id");--> statement-breakpoint
CREATE INDEX "record_blocks_patient_id_index" ON "record_blocks" USING btree ("patient_id");