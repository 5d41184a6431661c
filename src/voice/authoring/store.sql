-- name: lock_survey
-- One saving of a survey at a time: rows that never change cannot be locked.
select pg_advisory_xact_lock(841053, hashtext($1));

-- name: newest
select d.survey_id, d.version, d.survey_toml, d.easy_toml, p.email as writer, d.written_at
from survey_drafts d
join people p on p.id = d.written_by
where d.version = (select max(n.version) from survey_drafts n where n.survey_id = d.survey_id)
    and ($1::text is null or d.survey_id = $1)
order by d.written_at desc;

-- name: version
select d.survey_id, d.version, d.survey_toml, d.easy_toml, p.email as writer, d.written_at
from survey_drafts d
join people p on p.id = d.written_by
where d.survey_id = $1 and d.version = $2;

-- name: history
select d.version, p.email as writer, d.written_at
from survey_drafts d
join people p on p.id = d.written_by
where d.survey_id = $1
order by d.version desc;

-- name: save
insert into survey_drafts (survey_id, version, survey_toml, easy_toml, written_by)
values ($1, $2, $3, $4, $5);
