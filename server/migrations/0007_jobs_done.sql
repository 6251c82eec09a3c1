-- Done jobs are purged by age.
CREATE INDEX jobs_done ON jobs (done_at) WHERE done_at IS NOT NULL;
