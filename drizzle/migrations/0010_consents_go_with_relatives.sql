ALTER TABLE "consents" DROP CONSTRAINT "consents_relative_id_relatives_id_fk";
--> statement-breakpoint
ALTER TABLE "consents" DROP CONSTRAINT "consents_guardian_id_relatives_id_fk";
--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_relative_id_relatives_id_fk" FOREIGN KEY ("relative_id") REFERENCES "public"."relatives"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_guardian_id_relatives_id_fk" FOREIGN KEY ("guardian_id") REFERENCES "public"."relatives"("id") ON DELETE cascade ON UPDATE no action;