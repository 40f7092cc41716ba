CREATE TYPE "public"."item_state" AS ENUM('queued', 'in_progress', 'decided', 'deferred', 'needs_physical', 'needs_acute');--> statement-breakpoint
CREATE TYPE "public"."round_state" AS ENUM('draft', 'list_open', 'list_locked', 'brief_ready', 'running', 'closing', 'closed');--> statement-breakpoint
CREATE TYPE "public"."urgency" AS ENUM('acute', 'soon', 'routine');--> statement-breakpoint
CREATE TYPE "public"."partition" AS ENUM('sealed', 'open', 'over');--> statement-breakpoint
CREATE TABLE "round_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"round_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"urgency" "urgency" NOT NULL,
	"infected" boolean NOT NULL,
	"state" "item_state" DEFAULT 'queued' NOT NULL,
	"brief" text,
	"brief_ready_at" timestamp with time zone,
	"readiness" jsonb,
	"opened_at" timestamp with time zone,
	"open_since" timestamp with time zone,
	"seconds_open" integer DEFAULT 0 NOT NULL,
	"instructions" text DEFAULT '' NOT NULL,
	"read_back_by" uuid,
	"read_back_at" timestamp with time zone,
	"signed_by" uuid,
	"signed_at" timestamp with time zone,
	CONSTRAINT "round_items_visitId_unique" UNIQUE("visit_id"),
	CONSTRAINT "once_a_round" UNIQUE("round_id","patient_id"),
	CONSTRAINT "signed_by_somebody" CHECK (("round_items"."signed_at" is null) = ("round_items"."signed_by" is null)),
	CONSTRAINT "read_back_by_somebody" CHECK (("round_items"."read_back_at" is null) = ("round_items"."read_back_by" is null))
);
--> statement-breakpoint
CREATE TABLE "rounds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"minutes_each" integer NOT NULL,
	"state" "round_state" DEFAULT 'draft' NOT NULL,
	"doctor_id" uuid NOT NULL,
	"doctor_unit_id" uuid NOT NULL,
	"bedside" jsonb NOT NULL,
	"current_item_id" uuid,
	"made_by" uuid NOT NULL,
	"closed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"synthetic" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "bookings" ALTER COLUMN "visit_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "round_id" uuid;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "round_id" uuid;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "partition" "partition";--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "turn_ahead" integer;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "turn_minutes" integer;--> statement-breakpoint
ALTER TABLE "round_items" ADD CONSTRAINT "round_items_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round_items" ADD CONSTRAINT "round_items_read_back_by_users_id_fk" FOREIGN KEY ("read_back_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round_items" ADD CONSTRAINT "round_items_signed_by_users_id_fk" FOREIGN KEY ("signed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round_items" ADD CONSTRAINT "item_of_visit" FOREIGN KEY ("visit_id","patient_id") REFERENCES "public"."visits"("id","patient_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_doctor_id_users_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_doctor_unit_id_units_id_fk" FOREIGN KEY ("doctor_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_current_item_id_round_items_id_fk" FOREIGN KEY ("current_item_id") REFERENCES "public"."round_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "round_items_patient_id_index" ON "round_items" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "rounds_unit_id_starts_at_index" ON "rounds" USING btree ("unit_id","starts_at");--> statement-breakpoint
CREATE INDEX "rounds_doctor_id_starts_at_index" ON "rounds" USING btree ("doctor_id","starts_at");--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bookings_round_index" ON "bookings" USING btree ("round_id") WHERE "bookings"."round_id" is not null;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "is_for_one_thing" CHECK (("bookings"."visit_id" is null) <> ("bookings"."round_id" is null));