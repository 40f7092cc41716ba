CREATE TYPE "public"."role" AS ENUM('remotePhysician', 'nurse', 'assistantNurse', 'careCoordinator', 'patient', 'relative', 'guardian', 'trustee', 'interpreter', 'observer');--> statement-breakpoint
CREATE TYPE "public"."user_kind" AS ENUM('staff', 'guest');--> statement-breakpoint
CREATE TYPE "public"."presence" AS ENUM('away', 'lobby', 'room', 'returning');--> statement-breakpoint
CREATE TYPE "public"."seat_kind" AS ENUM('own', 'companion');--> statement-breakpoint
CREATE TYPE "public"."seat_status" AS ENUM('invited', 'waiting', 'admitted', 'removed');--> statement-breakpoint
CREATE TYPE "public"."source" AS ENUM('microphone', 'camera', 'screen');--> statement-breakpoint
CREATE TYPE "public"."visit_state" AS ENUM('requested', 'triaged', 'booked', 'checked_in', 'waiting', 'in_progress', 'documenting', 'completed', 'no_show', 'cancelled', 'tech_failed', 'converted_to_physical', 'escalated_emergency');--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"subject_id" uuid,
	"detail" jsonb
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"key" varchar(255) PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" "user_kind" NOT NULL,
	"username" text,
	"password_hash" text,
	"name" text,
	"role" "role" NOT NULL,
	"place" text NOT NULL,
	"synthetic" boolean DEFAULT false NOT NULL,
	CONSTRAINT "users_username_unique" UNIQUE("username"),
	CONSTRAINT "staff_log_in" CHECK ("users"."kind" <> 'staff' or ("users"."username" is not null and "users"."password_hash" is not null))
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"reference" text PRIMARY KEY NOT NULL,
	"participant_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "participants" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"visit_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"seat" "seat_kind" DEFAULT 'own' NOT NULL,
	"host" boolean DEFAULT false NOT NULL,
	"status" "seat_status" DEFAULT 'invited' NOT NULL,
	"presence" "presence" DEFAULT 'away' NOT NULL,
	"held_by" uuid,
	"socket_id" text,
	"companion_of" uuid,
	"sending" "source"[] DEFAULT '{}' NOT NULL,
	"waiting_since" timestamp with time zone,
	"absent_since" timestamp with time zone,
	CONSTRAINT "one_seat_a_kind" UNIQUE("visit_id","user_id","seat"),
	CONSTRAINT "not_beside_oneself" CHECK ("participants"."companion_of" <> "participants"."id")
);
--> statement-breakpoint
CREATE TABLE "placements" (
	"visit_id" uuid PRIMARY KEY NOT NULL,
	"node_id" text NOT NULL,
	"instance_id" uuid NOT NULL,
	"epoch" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sfu_nodes" (
	"node_id" text PRIMARY KEY NOT NULL,
	"instance_id" uuid NOT NULL,
	"control_url" text NOT NULL,
	"region" text NOT NULL,
	"capacity" integer NOT NULL,
	"load" integer NOT NULL,
	"draining" boolean NOT NULL,
	"reported_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "units" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"phone" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"patient_name" text NOT NULL,
	"place" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"state" "visit_state" DEFAULT 'booked' NOT NULL,
	"revision" bigint DEFAULT 1 NOT NULL,
	"synthetic" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_entries_subject_id_at_index" ON "audit_entries" USING btree ("subject_id","at");--> statement-breakpoint
CREATE INDEX "audit_entries_actor_id_at_index" ON "audit_entries" USING btree ("actor_id","at");--> statement-breakpoint
CREATE INDEX "participants_user_id_index" ON "participants" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "participants_absent_since_index" ON "participants" USING btree ("absent_since");--> statement-breakpoint
CREATE INDEX "visits_starts_at_index" ON "visits" USING btree ("starts_at");