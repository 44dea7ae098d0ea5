-- Whom reminders of the last days named, by who owes. Built while nobody writes obligation_reminder (SHARE lock): the
-- morning's job waits for it, people do not.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX ix_obligation_reminder_owed_by ON obligation_reminder (agency_id, owed_by);
