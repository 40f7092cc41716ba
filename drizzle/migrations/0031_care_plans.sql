CREATE TYPE "public"."goal_reached" AS ENUM('reached', 'partly', 'not');--> statement-breakpoint
CREATE TYPE "public"."plan_area" AS ENUM('health', 'mentalHealth', 'medicines', 'addiction', 'dailyLife', 'home', 'school', 'work', 'economy', 'family', 'leisure', 'safety');--> statement-breakpoint
CREATE TYPE "public"."plan_channel" AS ENUM('samrum', 'system', 'letter');--> statement-breakpoint
CREATE TYPE "public"."plan_link" AS ENUM('parentDying', 'sibling', 'parent', 'other');--> statement-breakpoint
CREATE TYPE "public"."plan_part_kind" AS ENUM('need', 'goal', 'intervention', 'measure', 'crisis');--> statement-breakpoint
CREATE TYPE "public"."plan_party_kind" AS ENUM('region', 'municipalHealth', 'socialServices', 'school', 'insurance', 'employment', 'relative', 'other');--> statement-breakpoint
CREATE TYPE "public"."plan_stance" AS ENUM('accepted', 'dissent');--> statement-breakpoint
CREATE TYPE "public"."plan_state" AS ENUM('need_identified', 'offered', 'declined', 'consented', 'preparing', 'summoned', 'meeting_scheduled', 'in_meeting', 'plan_draft', 'plan_active', 'followup_due', 'revised', 'closed', 'consent_withdrawn');--> statement-breakpoint
CREATE TYPE "public"."plan_text_field" AS ENUM('what', 'sign', 'how', 'contact', 'who', 'signs', 'helps', 'whom');--> statement-breakpoint
CREATE TYPE "public"."summons_answer" AS ENUM('accepted', 'forwarded', 'declined');--> statement-breakpoint
ALTER TYPE "public"."consent_type" ADD VALUE 'planSharing' BEFORE 'secrecyWaiver';--> statement-breakpoint
ALTER TYPE "public"."message_purpose" ADD VALUE 'summons';--> statement-breakpoint
ALTER TYPE "public"."message_purpose" ADD VALUE 'silence';--> statement-breakpoint
ALTER TYPE "public"."message_purpose" ADD VALUE 'task';--> statement-breakpoint
ALTER TYPE "public"."role" ADD VALUE 'principal';--> statement-breakpoint
CREATE TABLE "care_plan_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plan_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"areas" "plan_area"[] NOT NULL,
	"minutes" integer NOT NULL,
	"party_ids" uuid[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "care_plan_links" (
	"plan_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"kind" "plan_link" NOT NULL,
	"made_by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "care_plan_links_plan_id_other_id_pk" PRIMARY KEY("plan_id","other_id")
);
--> statement-breakpoint
CREATE TABLE "care_plan_parties" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plan_id" uuid NOT NULL,
	"kind" "plan_party_kind" NOT NULL,
	"name" text NOT NULL,
	"contact" text,
	"directory_id" uuid,
	"unit_id" uuid,
	"relative_id" uuid,
	"channel" "plan_channel",
	"summons" text,
	"answer_by" date,
	"sent_at" timestamp with time zone,
	"reference" text,
	"answer" "summons_answer",
	"answer_words" text,
	"answered_at" timestamp with time zone,
	"answered_by" uuid,
	"forwarded_to" uuid,
	"escalated_at" timestamp with time zone,
	"stance" "plan_stance",
	"stance_words" text DEFAULT '' NOT NULL,
	"stance_at" timestamp with time zone,
	CONSTRAINT "once_a_plan" UNIQUE("plan_id","directory_id"),
	CONSTRAINT "close_once_a_plan" UNIQUE("plan_id","relative_id"),
	CONSTRAINT "an_answer_has_its_time" CHECK (("care_plan_parties"."answer" is null) = ("care_plan_parties"."answered_at" is null))
);
--> statement-breakpoint
CREATE TABLE "care_plan_parts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plan_id" uuid NOT NULL,
	"kind" "plan_part_kind" NOT NULL,
	"areas" "plan_area"[] NOT NULL,
	"position" integer NOT NULL,
	"prompt" text DEFAULT '' NOT NULL,
	"chosen" text NOT NULL,
	"owner_user_id" uuid,
	"due_on" date,
	"done" boolean DEFAULT false NOT NULL,
	"aid" text,
	"goal_reached" "goal_reached",
	"version" integer DEFAULT 1 NOT NULL,
	"made_by" uuid NOT NULL,
	CONSTRAINT "a_part_is_about_something" CHECK (cardinality("care_plan_parts"."areas") > 0)
);
--> statement-breakpoint
CREATE TABLE "care_plan_surveys" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"plan_id" uuid NOT NULL,
	"party_id" uuid,
	"answers" text NOT NULL,
	"kept_by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_answer_each" UNIQUE NULLS NOT DISTINCT("plan_id","party_id")
);
--> statement-breakpoint
CREATE TABLE "care_plan_texts" (
	"nr" bigserial PRIMARY KEY NOT NULL,
	"part_id" uuid NOT NULL,
	"field" "plan_text_field" NOT NULL,
	"change" "bytea" NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "care_plans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"state" "plan_state" DEFAULT 'need_identified' NOT NULL,
	"need" text NOT NULL,
	"proposed_by" text NOT NULL,
	"declined_why" text,
	"child" text,
	"preparation" text,
	"coordinator_id" uuid,
	"responsible_party_id" uuid,
	"no_other_measures" boolean DEFAULT false NOT NULL,
	"person_stance" "plan_stance",
	"person_words" text DEFAULT '' NOT NULL,
	"person_at" timestamp with time zone,
	"follow_up_on" date,
	"activated_at" timestamp with time zone,
	"signed_by" uuid,
	"ended_why" text,
	"ended_at" timestamp with time zone,
	"template_id" uuid,
	"template_version" integer,
	"edition" integer DEFAULT 1 NOT NULL,
	"takes_place_of" uuid,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"synthetic" boolean DEFAULT false NOT NULL,
	CONSTRAINT "care_plans_takesPlaceOf_unique" UNIQUE("takes_place_of"),
	CONSTRAINT "signed_when_active" CHECK (("care_plans"."activated_at" is null) = ("care_plans"."signed_by" is null)),
	CONSTRAINT "followed_up" CHECK ("care_plans"."activated_at" is null or "care_plans"."follow_up_on" is not null)
);
--> statement-breakpoint
CREATE TABLE "concern_reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plan_id" uuid NOT NULL,
	"made_to" text NOT NULL,
	"words" text NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "directory_units" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"principal" text NOT NULL,
	"name" text NOT NULL,
	"kind" "plan_party_kind" NOT NULL,
	"channel" "plan_channel" NOT NULL,
	"system" text,
	"unit_id" uuid,
	"email" text,
	"phone" text,
	"address" text DEFAULT '' NOT NULL,
	"head_name" text,
	"head_email" text,
	"retired" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"synthetic" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_template_versions" (
	"template_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"content" jsonb NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "plan_template_versions_template_id_version_pk" PRIMARY KEY("template_id","version")
);
--> statement-breakpoint
CREATE TABLE "plan_templates" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "messages" ALTER COLUMN "visit_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "care_plan_id" uuid;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "party_id" uuid;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "areas" "plan_area"[];--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "care_plan_id" uuid;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "hand_up_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "aside" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "party_id" uuid;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "plan_item_id" uuid;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "round_table" jsonb;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "side_talk" jsonb;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "care_plan_id" uuid;--> statement-breakpoint
ALTER TABLE "care_plan_items" ADD CONSTRAINT "care_plan_items_plan_id_care_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."care_plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plan_links" ADD CONSTRAINT "care_plan_links_plan_id_care_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."care_plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plan_links" ADD CONSTRAINT "care_plan_links_other_id_care_plans_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."care_plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plan_parties" ADD CONSTRAINT "care_plan_parties_plan_id_care_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."care_plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plan_parties" ADD CONSTRAINT "care_plan_parties_directory_id_directory_units_id_fk" FOREIGN KEY ("directory_id") REFERENCES "public"."directory_units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plan_parties" ADD CONSTRAINT "care_plan_parties_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plan_parties" ADD CONSTRAINT "care_plan_parties_relative_id_relatives_id_fk" FOREIGN KEY ("relative_id") REFERENCES "public"."relatives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plan_parties" ADD CONSTRAINT "care_plan_parties_forwarded_to_care_plan_parties_id_fk" FOREIGN KEY ("forwarded_to") REFERENCES "public"."care_plan_parties"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plan_parts" ADD CONSTRAINT "care_plan_parts_plan_id_care_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."care_plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plan_parts" ADD CONSTRAINT "care_plan_parts_owner_user_id_users_id_fk" FOREIGN KEY ("owner_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plan_surveys" ADD CONSTRAINT "care_plan_surveys_plan_id_care_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."care_plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plan_surveys" ADD CONSTRAINT "care_plan_surveys_party_id_care_plan_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."care_plan_parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plan_texts" ADD CONSTRAINT "care_plan_texts_part_id_care_plan_parts_id_fk" FOREIGN KEY ("part_id") REFERENCES "public"."care_plan_parts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plans" ADD CONSTRAINT "care_plans_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plans" ADD CONSTRAINT "care_plans_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plans" ADD CONSTRAINT "care_plans_coordinator_id_users_id_fk" FOREIGN KEY ("coordinator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plans" ADD CONSTRAINT "care_plans_responsible_party_id_care_plan_parties_id_fk" FOREIGN KEY ("responsible_party_id") REFERENCES "public"."care_plan_parties"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plans" ADD CONSTRAINT "care_plans_signed_by_users_id_fk" FOREIGN KEY ("signed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plans" ADD CONSTRAINT "care_plans_takes_place_of_care_plans_id_fk" FOREIGN KEY ("takes_place_of") REFERENCES "public"."care_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_plans" ADD CONSTRAINT "from_a_version" FOREIGN KEY ("template_id","template_version") REFERENCES "public"."plan_template_versions"("template_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_reports" ADD CONSTRAINT "concern_reports_plan_id_care_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."care_plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directory_units" ADD CONSTRAINT "directory_units_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_template_versions" ADD CONSTRAINT "plan_template_versions_template_id_plan_templates_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."plan_templates"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_template_versions" ADD CONSTRAINT "plan_template_versions_made_by_users_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_templates" ADD CONSTRAINT "plan_templates_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "care_plan_items_plan_id_position_index" ON "care_plan_items" USING btree ("plan_id","position");--> statement-breakpoint
CREATE INDEX "care_plan_links_other_id_index" ON "care_plan_links" USING btree ("other_id");--> statement-breakpoint
CREATE INDEX "care_plan_parties_plan_id_index" ON "care_plan_parties" USING btree ("plan_id");--> statement-breakpoint
CREATE INDEX "care_plan_parties_unit_id_index" ON "care_plan_parties" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "summons_unanswered_index" ON "care_plan_parties" USING btree ("answer_by") WHERE "care_plan_parties"."sent_at" is not null and "care_plan_parties"."answer" is null and "care_plan_parties"."escalated_at" is null;--> statement-breakpoint
CREATE INDEX "care_plan_parts_plan_id_position_index" ON "care_plan_parts" USING btree ("plan_id","position");--> statement-breakpoint
CREATE INDEX "tasks_index" ON "care_plan_parts" USING btree ("owner_user_id","due_on") WHERE "care_plan_parts"."owner_user_id" is not null and not "care_plan_parts"."done";--> statement-breakpoint
CREATE INDEX "care_plan_texts_part_id_field_nr_index" ON "care_plan_texts" USING btree ("part_id","field","nr");--> statement-breakpoint
CREATE INDEX "care_plans_unit_id_state_index" ON "care_plans" USING btree ("unit_id","state");--> statement-breakpoint
CREATE INDEX "care_plans_patient_id_index" ON "care_plans" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "concern_reports_plan_id_index" ON "concern_reports" USING btree ("plan_id");--> statement-breakpoint
CREATE INDEX "directory_units_principal_name_index" ON "directory_units" USING btree ("principal","name");--> statement-breakpoint
CREATE INDEX "plan_templates_unit_id_index" ON "plan_templates" USING btree ("unit_id");--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_care_plan_id_care_plans_id_fk" FOREIGN KEY ("care_plan_id") REFERENCES "public"."care_plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_party_id_care_plan_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."care_plan_parties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_care_plan_id_care_plans_id_fk" FOREIGN KEY ("care_plan_id") REFERENCES "public"."care_plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "visits_plan_index" ON "visits" USING btree ("care_plan_id") WHERE "visits"."care_plan_id" is not null;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "one_message_an_occasion_of_a_plan" UNIQUE("care_plan_id","occasion");--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "tells_of_something" CHECK (("messages"."visit_id" is null) <> ("messages"."care_plan_id" is null));