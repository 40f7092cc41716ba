CREATE TYPE "public"."cognition" AS ENUM('clear', 'confused');--> statement-breakpoint
CREATE TYPE "public"."measuring_method" AS ENUM('manual', 'device');--> statement-breakpoint
CREATE TYPE "public"."vital_kind" AS ENUM('respirations_per_minute', 'spo2_percent', 'oxygen_litres_per_minute', 'systolic_mmhg', 'diastolic_mmhg', 'pulse_per_minute', 'consciousness', 'temperature_celsius', 'glucose_mmol_per_litre', 'weight_kg', 'hb_gram_per_litre', 'inr');--> statement-breakpoint
CREATE TABLE "baselines" (
	"patient_id" uuid PRIMARY KEY NOT NULL,
	"cognition" "cognition",
	"pregnant" boolean,
	"spo2_scale2_by" uuid,
	"spo2_scale2_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "measurements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"observation_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"kind" "vital_kind" NOT NULL,
	"value" double precision,
	"measured_at" timestamp with time zone NOT NULL,
	"device_at" timestamp with time zone,
	"recorded_at" timestamp with time zone NOT NULL,
	"method" "measuring_method" NOT NULL,
	"device" text,
	"confirmed" boolean DEFAULT false NOT NULL,
	"recorded_by" uuid NOT NULL,
	"corrects" uuid,
	CONSTRAINT "corrected_once" UNIQUE("corrects"),
	CONSTRAINT "not_from_the_future" CHECK ("measurements"."measured_at" <= "measurements"."recorded_at" + interval '5 minutes'),
	CONSTRAINT "a_reading_has_a_value" CHECK ("measurements"."value" is not null or "measurements"."corrects" is not null)
);
--> statement-breakpoint
CREATE TABLE "observations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"visit_id" uuid,
	"observed_at" timestamp with time zone NOT NULL,
	"spo2_scale" integer NOT NULL,
	CONSTRAINT "observations_id_patient" UNIQUE("id","patient_id")
);
--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "medical_device_decision" text;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "measured_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "baselines" ADD CONSTRAINT "baselines_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "baselines" ADD CONSTRAINT "baselines_spo2_scale2_by_users_id_fk" FOREIGN KEY ("spo2_scale2_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measurements" ADD CONSTRAINT "measurements_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measurements" ADD CONSTRAINT "measurements_corrects_measurements_id_fk" FOREIGN KEY ("corrects") REFERENCES "public"."measurements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measurements" ADD CONSTRAINT "reading_of_patient" FOREIGN KEY ("observation_id","patient_id") REFERENCES "public"."observations"("id","patient_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "measurements_patient_id_measured_at_index" ON "measurements" USING btree ("patient_id","measured_at");--> statement-breakpoint
CREATE INDEX "measurements_observation_id_index" ON "measurements" USING btree ("observation_id");--> statement-breakpoint
CREATE INDEX "observations_patient_id_observed_at_index" ON "observations" USING btree ("patient_id","observed_at");--> statement-breakpoint
CREATE INDEX "observations_visit_index" ON "observations" USING btree ("visit_id") WHERE "observations"."visit_id" is not null;