-- Who decided or judged is often a role ("the steering group"), which readers of English are told in English.
ALTER TABLE goal_target ADD COLUMN decided_by_en TEXT;
ALTER TABLE goal_definition ADD COLUMN decided_by_en TEXT;
ALTER TABLE goal_judgement ADD COLUMN judged_by_en TEXT;
