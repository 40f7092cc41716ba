CREATE TYPE "public"."language" AS ENUM('sv', 'en', 'es', 'fi');
--> statement-breakpoint
CREATE TYPE "public"."number_kind" AS ENUM('personal', 'coordination', 'reserve');
--> statement-breakpoint
CREATE TYPE "public"."relative_role" AS ENUM('relative', 'guardian', 'trustee');
--> statement-breakpoint
CREATE TYPE "public"."contact_type" AS ENUM('video', 'phone', 'physical');
--> statement-breakpoint
CREATE TYPE "public"."organisation_kind" AS ENUM('region', 'municipality', 'privateProvider');
--> statement-breakpoint
CREATE TYPE "public"."staff_role" AS ENUM('remotePhysician', 'physician', 'nurse', 'assistantNurse', 'careCoordinator', 'needsAssessor', 'unitHead', 'administrator');
--> statement-breakpoint
CREATE TYPE "public"."unit_kind" AS ENUM('healthCentre', 'cottageHospital', 'hospitalClinic', 'virtualClinic', 'mobileTeam', 'careHome', 'shortTermHome', 'homeHealthcare', 'supportedHousing', 'socialServices', 'communityRoom');
--> statement-breakpoint
CREATE TYPE "public"."identity_method" AS ENUM('eId', 'knownToStaff', 'documentShown');
--> statement-breakpoint
ALTER TYPE "public"."role" ADD VALUE 'physician' BEFORE 'nurse';
--> statement-breakpoint
ALTER TYPE "public"."role" ADD VALUE 'needsAssessor' BEFORE 'patient';
--> statement-breakpoint
ALTER TYPE "public"."role" ADD VALUE 'unitHead' BEFORE 'patient';
--> statement-breakpoint
ALTER TYPE "public"."role" ADD VALUE 'administrator' BEFORE 'patient';
--> statement-breakpoint
CREATE TABLE "care_relations" (
	"patient_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "care_relations_patient_id_unit_id_pk" PRIMARY KEY("patient_id","unit_id")
);
--> statement-breakpoint
CREATE TABLE "patients" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"number_kind" "number_kind" NOT NULL,
	"number" text NOT NULL,
	"birth_date" date NOT NULL,
	"protected_identity" boolean DEFAULT false NOT NULL,
	"phone" text,
	"address" text,
	"entrance" text,
	"language" "language" DEFAULT 'sv' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"synthetic" boolean DEFAULT false NOT NULL,
	CONSTRAINT "one_patient_a_number" UNIQUE("organisation_id","number_kind","number")
);
--> statement-breakpoint
CREATE TABLE "relatives" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"patient_id" uuid NOT NULL,
	"name" text NOT NULL,
	"role" "relative_role" NOT NULL,
	"relation" text,
	"phone" text,
	"version" integer DEFAULT 1 NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "documentations" (
	"visit_id" uuid PRIMARY KEY NOT NULL,
	"outcome" text DEFAULT '' NOT NULL,
	"agreed" text DEFAULT '' NOT NULL,
	"follow_up" text DEFAULT '' NOT NULL,
	"follow_up_owner" text,
	"follow_up_on" date,
	"contact_type" "contact_type" DEFAULT 'video' NOT NULL,
	"contact_code" text DEFAULT 'ZV051' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"written_by" uuid,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"visit_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"text" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "one_note_an_author" UNIQUE("visit_id","author_id")
);
--> statement-breakpoint
CREATE TABLE "assignments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"role" "staff_role" NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"kind" "organisation_kind" NOT NULL,
	"synthetic" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "participants" DROP CONSTRAINT "participants_visit_id_visits_id_fk";
--> statement-breakpoint
DROP INDEX "participants_user_id_index";
--> statement-breakpoint
DROP INDEX "participants_absent_since_index";
--> statement-breakpoint
DROP INDEX "visits_starts_at_index";
--> statement-breakpoint
ALTER TABLE "participants" ALTER COLUMN "id" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "visits" ALTER COLUMN "id" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "unit_id" uuid;
--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "visit_id" uuid;
--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "patient_id" uuid;
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "visit_id" uuid;
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "operator" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "issue" integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "used_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "failures" integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "starts_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "role" "role";
--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "name" text;
--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "place" text;
--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "unit_id" uuid;
--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "relative_id" uuid;
--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "at_bedside" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "acknowledged_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "organisation_id" uuid;
--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "kind" "unit_kind";
--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "emergency_phone" text;
--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "mark" text;
--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "synthetic" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "patient_id" uuid;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "duration_minutes" integer DEFAULT 30 NOT NULL;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "address" text;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "entrance" text;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "callback_phone" text;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "language" "language" DEFAULT 'sv' NOT NULL;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "details_version" integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "booked_by" uuid;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "checked_in_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "waiting_since" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "began_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "ended_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "closing_reason" text;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "identity_method" "identity_method";
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "identity_by" uuid;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "identity_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "bystanders" jsonb DEFAULT '[]'::jsonb NOT NULL;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "curtain_since" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "emergency_since" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "emergency_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "emergency_caller_id" uuid;
--> statement-breakpoint
CREATE TYPE "public"."user_kind_new" AS ENUM('staff', 'patient', 'guest');
--> statement-breakpoint
ALTER TABLE "users" DROP CONSTRAINT "staff_log_in";
--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "kind" TYPE "public"."user_kind_new" USING "kind"::text::"public"."user_kind_new";
--> statement-breakpoint
DROP TYPE "public"."user_kind";
--> statement-breakpoint
ALTER TYPE "public"."user_kind_new" RENAME TO "user_kind";
--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "staff_log_in" CHECK ("users"."kind" <> 'staff' or ("users"."username" is not null and "users"."password_hash" is not null));
--> statement-breakpoint
-- What older versions held is carried over: one organisation for the units there are, a patient of their own for each visit.
INSERT INTO "organisations" ("id", "name", "kind") SELECT '00000000-0000-4000-8000-000000000001', 'Organisation', 'region' WHERE EXISTS (SELECT 1 FROM "units");
--> statement-breakpoint
UPDATE "units" SET "organisation_id" = '00000000-0000-4000-8000-000000000001', "kind" = 'healthCentre', "mark" = m."mark"
FROM (SELECT "id", substr('23456789ABCDEFGHJKLMNPQRSTUVWXYZ', 1 + (row_number() OVER (ORDER BY "id") / 32)::int, 1)
  || substr('23456789ABCDEFGHJKLMNPQRSTUVWXYZ', 1 + (row_number() OVER (ORDER BY "id") % 32)::int, 1) AS "mark" FROM "units") m WHERE m."id" = "units"."id";
--> statement-breakpoint
INSERT INTO "users" ("id", "kind", "name", "place", "role", "synthetic") SELECT "id", 'patient', "patient_name", '', 'patient', "synthetic" FROM "visits";
--> statement-breakpoint
INSERT INTO "patients" ("id", "organisation_id", "user_id", "name", "number_kind", "number", "birth_date", "synthetic")
SELECT "id", '00000000-0000-4000-8000-000000000001', "id", "patient_name", 'reserve', upper(left("id"::text, 8)), '1900-01-01', "synthetic" FROM "visits";
--> statement-breakpoint
UPDATE "visits" SET "patient_id" = "id";
--> statement-breakpoint
INSERT INTO "care_relations" ("patient_id", "unit_id") SELECT "patient_id", "unit_id" FROM "visits";
--> statement-breakpoint
UPDATE "participants" p SET "starts_at" = v."starts_at", "role" = u."role", "name" = u."name", "place" = u."place",
  "unit_id" = CASE WHEN u."kind" = 'staff' THEN v."unit_id" END FROM "visits" v, "users" u WHERE v."id" = p."visit_id" AND u."id" = p."user_id";
--> statement-breakpoint
INSERT INTO "assignments" ("user_id", "unit_id", "role") SELECT DISTINCT p."user_id", p."unit_id", u."role"::text::"public"."staff_role"
FROM "participants" p JOIN "users" u ON u."id" = p."user_id" WHERE p."unit_id" IS NOT NULL;
--> statement-breakpoint
ALTER TABLE "participants" ALTER COLUMN "starts_at" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "participants" ALTER COLUMN "role" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "participants" ALTER COLUMN "place" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "units" ALTER COLUMN "organisation_id" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "units" ALTER COLUMN "kind" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "units" ALTER COLUMN "mark" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "visits" ALTER COLUMN "patient_id" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "users" DROP COLUMN "role";
--> statement-breakpoint
ALTER TABLE "visits" DROP COLUMN "patient_name";
--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_id_patient" UNIQUE("id","patient_id");
--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_id_starts_at" UNIQUE("id","starts_at");
--> statement-breakpoint
ALTER TABLE "care_relations" ADD CONSTRAINT "care_relations_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "care_relations" ADD CONSTRAINT "care_relations_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "relatives" ADD CONSTRAINT "relatives_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "documentations" ADD CONSTRAINT "documentations_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "documentations" ADD CONSTRAINT "documentations_written_by_users_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "note_of_patient" FOREIGN KEY ("visit_id","patient_id") REFERENCES "public"."visits"("id","patient_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "care_relations_unit_id_index" ON "care_relations" USING btree ("unit_id");
--> statement-breakpoint
CREATE INDEX "patients_user_id_index" ON "patients" USING btree ("user_id");
--> statement-breakpoint
--> statement-breakpoint
CREATE INDEX "relatives_patient_id_index" ON "relatives" USING btree ("patient_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "one_running_assignment" ON "assignments" USING btree ("user_id","unit_id","role") WHERE "assignments"."ended_at" is null;
--> statement-breakpoint
CREATE INDEX "assignments_unit_id_index" ON "assignments" USING btree ("unit_id");
--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_relative_id_relatives_id_fk" FOREIGN KEY ("relative_id") REFERENCES "public"."relatives"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "seat_of_visit" FOREIGN KEY ("visit_id","starts_at") REFERENCES "public"."visits"("id","starts_at") ON DELETE cascade ON UPDATE cascade;
--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_booked_by_users_id_fk" FOREIGN KEY ("booked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "audit_entries_visit_id_id_index" ON "audit_entries" USING btree ("visit_id","id");
--> statement-breakpoint
CREATE INDEX "audit_entries_patient_id_id_index" ON "audit_entries" USING btree ("patient_id","id");
--> statement-breakpoint
CREATE INDEX "participants_user_id_starts_at_index" ON "participants" USING btree ("user_id","starts_at");
--> statement-breakpoint
CREATE INDEX "participants_absent_index" ON "participants" USING btree ("absent_since") WHERE "participants"."absent_since" is not null;
--> statement-breakpoint
CREATE INDEX "visits_unit_id_starts_at_index" ON "visits" USING btree ("unit_id","starts_at");
--> statement-breakpoint
CREATE INDEX "visits_patient_id_starts_at_index" ON "visits" USING btree ("patient_id","starts_at");
--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_participantId_unique" UNIQUE("participant_id");
--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_mark_unique" UNIQUE("mark");
--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "a_visit_has_a_length" CHECK ("visits"."duration_minutes" between 5 and 480);
