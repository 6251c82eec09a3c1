-- Every scan of a paper is kept, whoever brought it.
CREATE TABLE voting_paper_scans (
    vote TEXT NOT NULL,
    number BIGINT NOT NULL,
    scan TEXT NOT NULL,
    kept_by TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (vote, number, scan),
    FOREIGN KEY (vote, number) REFERENCES voting_papers (vote, number)
);
INSERT INTO voting_paper_scans (vote, number, scan, kept_by, at)
    SELECT p.vote, p.number, p.scan, COALESCE((SELECT MIN(e.worker) FROM voting_paper_entries e
        WHERE e.vote = p.vote AND e.number = p.number AND e.turn = 1), ''), p.issued_at
    FROM voting_papers p WHERE p.scan IS NOT NULL;
ALTER TABLE voting_papers DROP COLUMN scan;

-- A paper that was handed in, at the door or at the desk. `paper_at` of its head is set by the one statement that
-- finds it without a ballot: from then on the head votes online no more, and the urn opens once the paper is entered
-- or given back.
ALTER TABLE voting_papers ADD COLUMN received_at BIGINT;
ALTER TABLE voting_papers ADD COLUMN received_by TEXT;
ALTER TABLE voting_roll ADD COLUMN paper_at BIGINT;
UPDATE voting_papers SET received_by = 'system', received_at = (SELECT MIN(e.at) FROM voting_paper_entries e
    WHERE e.vote = voting_papers.vote AND e.number = voting_papers.number) WHERE state IN ('entered', 'differs');
UPDATE voting_roll SET paper_at = (SELECT p.received_at FROM voting_papers p
    WHERE p.vote = voting_roll.vote AND p.head = voting_roll.head) WHERE voted_at IS NULL;

-- `delivered` is a head's own proof: its receipt, or the picture of it. Nothing else counts as delivered.
UPDATE voting_roll SET delivered = (SELECT p.proof FROM voting_papers p
    WHERE p.vote = voting_roll.vote AND p.head = voting_roll.head)
    WHERE delivered IS NOT NULL AND vote IN (SELECT id FROM voting_votes WHERE state = 'announced');
