-- The phone of an entry that became part of one with another phone, sealed.
ALTER TABLE people_merged ADD COLUMN phone_sealed TEXT;
