CREATE TABLE "key_checks" (
	"key_id" text PRIMARY KEY NOT NULL,
	"sample" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "patients" DROP CONSTRAINT "one_patient_a_number";--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "number_index" text;--> statement-breakpoint
CREATE INDEX "patients_number_index_index" ON "patients" USING btree ("number_index");--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "one_patient_a_number" UNIQUE("organisation_id","number_index");