-- `entered`: what entering has come to so far, as `counts`; from it the counts are set right at the end.
ALTER TABLE people_imports ADD COLUMN entered TEXT NOT NULL DEFAULT '';

-- Lists that are not at their end: what is being entered holds up the rolls of votes around it, and what nobody
-- decides is dropped.
CREATE INDEX people_imports_open ON people_imports (state, sent_at) WHERE state IN ('checking', 'checked', 'applying');
