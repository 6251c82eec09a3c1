-- Until when a roll can be objected to and a result appealed against, worked out with the holidays known at the
-- announcement and at the publication. Votes announced before have what their days gave then.
ALTER TABLE voting_votes ADD COLUMN objections_until BIGINT;
ALTER TABLE voting_votes ADD COLUMN appeals_until BIGINT;
UPDATE voting_votes SET objections_until = CASE WHEN opens_at < announced_at + 604800000 THEN opens_at
    ELSE announced_at + 604800000 END WHERE announced_at IS NOT NULL;
UPDATE voting_votes SET appeals_until = counted_at + 604800000 WHERE state = 'published';
