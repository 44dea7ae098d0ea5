-- What only EmployeeChanged.v1 and AssignmentChanged.v1 held is not written any more. Processes of the former release still
-- read and write it while a release is rolled out, so new rows get values that those can read; the next release drops the
-- columns, and reviewer_id with them: the reviewer is the superior's superior.
ALTER TABLE employee
    ALTER COLUMN effective_from SET DEFAULT CURRENT_DATE,
    ALTER COLUMN employee_version SET DEFAULT 1,
    ALTER COLUMN assignment_version SET DEFAULT 0;
