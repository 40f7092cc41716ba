CREATE TYPE "public"."delivery_failure" AS ENUM('bounced', 'refused', 'unreachable', 'noGateway');--> statement-breakpoint
CREATE TYPE "public"."message_channel" AS ENUM('email', 'sms', 'letter');--> statement-breakpoint
CREATE TYPE "public"."message_purpose" AS ENUM('invitation', 'change', 'cancellation', 'reminder', 'code');--> statement-breakpoint
CREATE TYPE "public"."contact_channel" AS ENUM('none', 'email', 'sms', 'letter');--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"visit_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"purpose" "message_purpose" NOT NULL,
	"channel" "message_channel" NOT NULL,
	"address" text NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"calendar" text DEFAULT '' NOT NULL,
	"sequence" integer DEFAULT 0 NOT NULL,
	"occasion" text,
	"filed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"sent_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"failure" "delivery_failure",
	CONSTRAINT "one_message_an_occasion" UNIQUE("visit_id","person_id","occasion")
);
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "channel" "contact_channel" DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "relatives" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "relatives" ADD COLUMN "channel" "contact_channel" DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "relatives" ADD COLUMN "language" "language" DEFAULT 'sv' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "discreet" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "reminders" jsonb DEFAULT '[{"days":1,"at":"16:00"},{"minutes":60}]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "messages_visit_id_index" ON "messages" USING btree ("visit_id");--> statement-breakpoint
CREATE INDEX "messages_filed_index" ON "messages" USING btree ("filed_at");