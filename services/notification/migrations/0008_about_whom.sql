-- About whom a message to an office is: who holds the office does not read it in a matter of their own. Null: about nobody, or
-- written before.

ALTER TABLE messages ADD COLUMN about UUID;
