CREATE TYPE "public"."interpreter_instead" AS ENUM('phone', 'urgent');--> statement-breakpoint
CREATE TYPE "public"."interpreted_language" AS ENUM('se', 'smj', 'sma', 'fi', 'fit', 'swl', 'swl-x-tactile', 'am', 'ar', 'bs', 'ckb', 'de', 'en', 'es', 'et', 'fa', 'fr', 'hr', 'hu', 'it', 'ka', 'kmr', 'lt', 'lv', 'mn', 'ne', 'nl', 'pl', 'prs', 'ps', 'pt', 'ro', 'rom', 'ru', 'so', 'sq', 'sr', 'sw', 'ta', 'th', 'ti', 'tr', 'uk', 'ur', 'uz', 'vi', 'yi', 'zh');--> statement-breakpoint
CREATE TYPE "public"."interpreter_mode" AS ENUM('video', 'phone', 'onSite');--> statement-breakpoint
ALTER TYPE "public"."message_purpose" ADD VALUE 'order';--> statement-breakpoint
ALTER TYPE "public"."message_purpose" ADD VALUE 'orderChange';--> statement-breakpoint
ALTER TYPE "public"."message_purpose" ADD VALUE 'orderEnd';--> statement-breakpoint
CREATE TABLE "interpretations" (
	"visit_id" uuid PRIMARY KEY NOT NULL,
	"order_number" integer GENERATED ALWAYS AS IDENTITY (sequence name "interpretations_order_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1001 CACHE 1),
	"language" "interpreted_language" NOT NULL,
	"mode" "interpreter_mode" NOT NULL,
	"ordered_by" uuid NOT NULL,
	"ordered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"number" text,
	"confirmed_at" timestamp with time zone,
	"participant_id" uuid,
	"instead" "interpreter_instead",
	"instead_reason" text,
	"instead_relative_id" uuid,
	CONSTRAINT "confirmed_by_number" CHECK (("interpretations"."confirmed_at" is null) = ("interpretations"."number" is null))
);
--> statement-breakpoint
ALTER TABLE "messages" ALTER COLUMN "person_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "interpreter_email" text;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "preliminary" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "interpretations" ADD CONSTRAINT "interpretations_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interpretations" ADD CONSTRAINT "interpretations_ordered_by_users_id_fk" FOREIGN KEY ("ordered_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interpretations" ADD CONSTRAINT "interpretations_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interpretations" ADD CONSTRAINT "interpretations_instead_relative_id_participants_id_fk" FOREIGN KEY ("instead_relative_id") REFERENCES "public"."participants"("id") ON DELETE set null ON UPDATE no action;