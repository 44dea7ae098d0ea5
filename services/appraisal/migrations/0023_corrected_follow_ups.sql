-- Why a follow-up ended without anybody closing it: a correction left nothing for which it was opened. Empty: closed by a person.
ALTER TABLE follow_up ADD COLUMN close_reason TEXT NOT NULL DEFAULT '';
