CREATE TYPE "public"."poll_answer" AS ENUM('yes', 'maybe', 'no');--> statement-breakpoint
ALTER TYPE "public"."message_purpose" ADD VALUE 'poll' BEFORE 'saying';--> statement-breakpoint
CREATE TABLE "poll_invitees" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"visit_id" uuid NOT NULL,
	"name" text NOT NULL,
	"secret_hash" text NOT NULL,
	"answered_at" timestamp with time zone,
	CONSTRAINT "poll_invitees_secretHash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "poll_options" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"visit_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_option_a_time" UNIQUE("visit_id","starts_at")
);
--> statement-breakpoint
CREATE TABLE "poll_replies" (
	"invitee_id" uuid NOT NULL,
	"option_id" uuid NOT NULL,
	"answer" "poll_answer" NOT NULL,
	CONSTRAINT "poll_replies_invitee_id_option_id_pk" PRIMARY KEY("invitee_id","option_id")
);
--> statement-breakpoint
CREATE TABLE "polls" (
	"visit_id" uuid PRIMARY KEY NOT NULL,
	"minutes" integer NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "poll_invitees" ADD CONSTRAINT "poll_invitees_visit_id_polls_visit_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."polls"("visit_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "poll_options" ADD CONSTRAINT "poll_options_visit_id_polls_visit_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."polls"("visit_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "poll_replies" ADD CONSTRAINT "poll_replies_invitee_id_poll_invitees_id_fk" FOREIGN KEY ("invitee_id") REFERENCES "public"."poll_invitees"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "poll_replies" ADD CONSTRAINT "poll_replies_option_id_poll_options_id_fk" FOREIGN KEY ("option_id") REFERENCES "public"."poll_options"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "polls" ADD CONSTRAINT "polls_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "polls" ADD CONSTRAINT "polls_made_by_users_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;