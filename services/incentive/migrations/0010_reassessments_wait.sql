-- When somebody was enqueued for reassessment: a sweep begins once nobody has been for a while.
ALTER TABLE eligibility_due ADD COLUMN enqueued_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL;
