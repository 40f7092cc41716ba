CREATE TYPE "public"."opening_kind" AS ENUM('relation', 'emergency');--> statement-breakpoint
CREATE TYPE "public"."opening_reason" AS ENUM('referral', 'advice', 'transfer', 'urgentVisit', 'lifeThreatening', 'cannotAnswer');--> statement-breakpoint
CREATE TYPE "public"."review_verdict" AS ENUM('inOrder', 'asked', 'notInOrder');--> statement-breakpoint
CREATE TYPE "public"."capacity_basis" AS ENUM('own', 'guardian', 'attitude', 'statutory');--> statement-breakpoint
CREATE TYPE "public"."consent_end" AS ENUM('withdrawn', 'expired');--> statement-breakpoint
CREATE TYPE "public"."consent_form" AS ENUM('oral', 'written', 'eId');--> statement-breakpoint
CREATE TYPE "public"."consent_type" AS ENUM('careVisit', 'carePlan', 'secrecyWaiver', 'recordAccess', 'relativePresence', 'relativeDisclosure', 'interpreter', 'observer', 'recording', 'selfMonitoring', 'research');--> statement-breakpoint
CREATE TYPE "public"."login_purpose" AS ENUM('login', 'unlock');--> statement-breakpoint
CREATE TYPE "public"."provider_audience" AS ENUM('staff', 'resident');--> statement-breakpoint
CREATE TYPE "public"."licence_state" AS ENUM('unverified', 'valid', 'restricted', 'revoked');--> statement-breakpoint
ALTER TYPE "public"."seat_status" ADD VALUE 'withheld' BEFORE 'removed';--> statement-breakpoint
CREATE TABLE "access_reviews" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"entry_id" bigint NOT NULL,
	"unit_id" uuid NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"verdict" "review_verdict" NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "one_review_a_unit" UNIQUE("entry_id","unit_id")
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
CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"patient_id" uuid NOT NULL,
	"type" "consent_type" NOT NULL,
	"visit_id" uuid,
	"relative_id" uuid,
	"participant_id" uuid,
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
CREATE TABLE "identity_providers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"audience" "provider_audience" NOT NULL,
	"issuer" text NOT NULL,
	"client_id" text NOT NULL,
	"client_secret" text DEFAULT '' NOT NULL,
	"scope" text NOT NULL,
	"claims" jsonb NOT NULL,
	"levels" jsonb NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "logins_under_way" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"browser_hash" text NOT NULL,
	"provider_id" uuid NOT NULL,
	"purpose" "login_purpose" NOT NULL,
	"session_id" text,
	"nonce" text NOT NULL,
	"verifier" text NOT NULL,
	"return_to" text,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"policy" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"hash" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "totp_secrets" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"confirmed_at" timestamp with time zone,
	"last_step" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "users" DROP CONSTRAINT "staff_log_in";--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "municipality" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "level" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "provider_id" uuid;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "provider_sid" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "id_token" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "device_id" uuid;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "login_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "seen_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "locked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "proved_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "pin_failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "country" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "hsa_id" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "licence" "licence_state" DEFAULT 'unverified' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "licence_until" date;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "work_countries" text[] DEFAULT '{SE}' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "pin_hash" text;--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "hsa_id" text;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "identity_method" "identity_method";--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "identity_by" uuid;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "identity_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "outside_region" text;--> statement-breakpoint
ALTER TABLE "access_reviews" ADD CONSTRAINT "access_reviews_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_giver_id_organisations_id_fk" FOREIGN KEY ("giver_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "openings" ADD CONSTRAINT "openings_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "openings" ADD CONSTRAINT "openings_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "openings" ADD CONSTRAINT "openings_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_blocks" ADD CONSTRAINT "record_blocks_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_blocks" ADD CONSTRAINT "record_blocks_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_relative_id_relatives_id_fk" FOREIGN KEY ("relative_id") REFERENCES "public"."relatives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_guardian_id_relatives_id_fk" FOREIGN KEY ("guardian_id") REFERENCES "public"."relatives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp_secrets" ADD CONSTRAINT "totp_secrets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "access_reviews_unit_id_index" ON "access_reviews" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "agreements_organisation_id_index" ON "agreements" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "openings_patient_id_index" ON "openings" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "openings_assignment_id_index" ON "openings" USING btree ("assignment_id");--> statement-breakpoint
CREATE INDEX "record_blocks_patient_id_index" ON "record_blocks" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "consents_patient_id_index" ON "consents" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "consents_running_out_index" ON "consents" USING btree ("valid_until") WHERE "consents"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "logins_under_way_expires_at_index" ON "logins_under_way" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "recovery_codes_user_id_index" ON "recovery_codes" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_device_id_index" ON "sessions" USING btree ("device_id");--> statement-breakpoint
CREATE INDEX "sessions_user_id_index" ON "sessions" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_hsaId_unique" UNIQUE("hsa_id");--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_hsaId_unique" UNIQUE("hsa_id");--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "staff_log_in" CHECK ("users"."kind" <> 'staff' or "users"."username" is not null);