ALTER TABLE "participants" ADD COLUMN "slot_after" integer;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "slot_minutes" integer;--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "a_slot_is_whole" CHECK (("participants"."slot_after" is null) = ("participants"."slot_minutes" is null));