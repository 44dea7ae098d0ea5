-- Acts that take two people wait as proposals; a move of a record knows by which person it was made.
-- migrate: tables-of approvals 1

ALTER TABLE record_move ADD COLUMN moved_by_person UUID;
