CREATE EXTENSION IF NOT EXISTS btree_gist;--> statement-breakpoint
CREATE TYPE "public"."modality" AS ENUM('video', 'phone', 'physical');--> statement-breakpoint
CREATE TYPE "public"."resource_kind" AS ENUM('room', 'bedside', 'device', 'vehicle');--> statement-breakpoint
CREATE TABLE "resources" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"kind" "resource_kind" NOT NULL,
	"name" text NOT NULL,
	"ended_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unit_hours" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"weekday" integer NOT NULL,
	"opens" time NOT NULL,
	"closes" time NOT NULL,
	CONSTRAINT "a_day_of_the_unit" CHECK ("unit_hours"."weekday" between 1 and 7),
	CONSTRAINT "opens_before_closing" CHECK ("unit_hours"."opens" < "unit_hours"."closes")
);
--> statement-breakpoint
CREATE TABLE "visit_types" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unit_id" uuid NOT NULL,
	"name" text NOT NULL,
	"modality" "modality" NOT NULL,
	"minutes" integer NOT NULL,
	"minutes_before" integer DEFAULT 0 NOT NULL,
	"minutes_after" integer DEFAULT 0 NOT NULL,
	"roles" "staff_role"[] DEFAULT '{}' NOT NULL,
	"resources" "resource_kind"[] DEFAULT '{}' NOT NULL,
	"open_to_patients" boolean DEFAULT false NOT NULL,
	"ended_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "a_type_has_a_length" CHECK ("visit_types"."minutes" between 5 and 480),
	CONSTRAINT "a_margin_is_short" CHECK ("visit_types"."minutes_before" between 0 and 120 and "visit_types"."minutes_after" between 0 and 120)
);
--> statement-breakpoint
CREATE TABLE "bookings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"visit_id" uuid NOT NULL,
	"user_id" uuid,
	"resource_id" uuid,
	"during" "tstzrange" NOT NULL,
	"lane" integer DEFAULT 0 NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	CONSTRAINT "books_one_thing" CHECK (("bookings"."user_id" is null) <> ("bookings"."resource_id" is null)),
	CONSTRAINT "a_lane_has_a_reason" CHECK (("bookings"."lane" = 0) = ("bookings"."reason" = ''))
);
--> statement-breakpoint
CREATE TABLE "schedule_exceptions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"during" "tstzrange" NOT NULL,
	"works" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "holidays" (
	"day" date PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "working_hours" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"assignment_id" uuid NOT NULL,
	"weekday" integer NOT NULL,
	"opens" time NOT NULL,
	"closes" time NOT NULL,
	"zone" text NOT NULL,
	"from" date,
	"until" date,
	CONSTRAINT "a_day_of_the_week" CHECK ("working_hours"."weekday" between 1 and 7),
	CONSTRAINT "opens_before_it_closes" CHECK ("working_hours"."opens" < "working_hours"."closes")
);
--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "modality" "modality" DEFAULT 'video' NOT NULL;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "type_id" uuid;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "minutes_before" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "minutes_after" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_hours" ADD CONSTRAINT "unit_hours_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_types" ADD CONSTRAINT "visit_types_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_exceptions" ADD CONSTRAINT "schedule_exceptions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "working_hours" ADD CONSTRAINT "working_hours_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "resources_unit_id_index" ON "resources" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "unit_hours_unit_id_index" ON "unit_hours" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "visit_types_unit_id_index" ON "visit_types" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "bookings_visit_id_index" ON "bookings" USING btree ("visit_id");--> statement-breakpoint
CREATE INDEX "exceptions_of_whom" ON "schedule_exceptions" USING gist ("user_id","during");--> statement-breakpoint
CREATE INDEX "working_hours_assignment_id_index" ON "working_hours" USING btree ("assignment_id");--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_type_id_visit_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."visit_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "a_booking_takes_time" CHECK (NOT isempty("during") AND lower("during") IS NOT NULL AND upper("during") IS NOT NULL);--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "nobody_twice" EXCLUDE USING gist ("user_id" WITH =, "lane" WITH =, "during" WITH &&) WHERE ("user_id" IS NOT NULL) DEFERRABLE INITIALLY IMMEDIATE;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "nothing_twice" EXCLUDE USING gist ("resource_id" WITH =, "lane" WITH =, "during" WITH &&) WHERE ("resource_id" IS NOT NULL) DEFERRABLE INITIALLY IMMEDIATE;--> statement-breakpoint
-- What was booked before calendars were kept takes up its staff too, as far as they were not booked double.
DO $$
DECLARE seat record;
BEGIN
  FOR seat IN
    SELECT p.visit_id, p.user_id, v.starts_at, v.duration_minutes FROM participants p
    JOIN visits v ON v.id = p.visit_id JOIN users u ON u.id = p.user_id
    WHERE u.kind = 'staff' AND p.seat = 'own' AND p.status <> 'removed' AND v.state = 'booked' AND v.starts_at > now()
    ORDER BY v.starts_at
  LOOP
    BEGIN
      INSERT INTO bookings (visit_id, user_id, during)
      VALUES (seat.visit_id, seat.user_id, tstzrange(seat.starts_at, seat.starts_at + make_interval(mins => seat.duration_minutes)));
    EXCEPTION WHEN exclusion_violation THEN NULL;
    END;
  END LOOP;
END $$;
