-- What made the machine worry are the answer’s own words: they are sealed as the answer is. Reasons
-- from before are not kept in the clear; the scores stay.
alter table flags drop column because;
alter table flags add column because_sealed bytea;
