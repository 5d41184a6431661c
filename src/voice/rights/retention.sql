-- name: held
-- Surveys and waves that are held; a response of one of them is left alone.
select id, survey_id, wave, reason, since::date as since
from legal_holds
where lifted_at is null
order by id;

-- name: hold
insert into legal_holds (survey_id, wave, reason) values ($1, $2, $3) returning id;

-- name: lift
update legal_holds set lifted_at = now() where id = $1 and lifted_at is null returning id;

-- name: raw_words_due
-- The report of a wave is the first published reply to a theme that its answers are in. Whatever has
-- no report goes at the latest $3 after it was sent.
with reports as (
    select r.survey_id, r.wave, min(p.written_at) as at
    from pledges p
    join agreed_members m on m.theme_id = p.theme_id
    join responses r on r.id = m.response_id
    where p.published
    group by r.survey_id, r.wave
)
select r.id
from responses r
join response_keys k on k.response_id = r.id
left join reports s on s.survey_id = r.survey_id and s.wave = r.wave
where (s.at < $1::timestamptz - $2::interval or r.sent_at < $1::timestamptz - $3::interval)
    and not exists (
        select from legal_holds h
        where h.lifted_at is null and h.survey_id = r.survey_id
            and coalesce(h.wave, r.wave) = r.wave
    )
order by r.id;

-- name: forget_keys
-- Without its key a sealed word is noise, here and in every copy that has no key either.
delete from response_keys where response_id = any($1);

-- name: forget_worries
-- What made the machine worry are the answer’s own words.
update flags set because_sealed = null where response_id = any($1);

-- name: comments_due
select c.response_id, c.question_id, r.survey_id, r.wave
from redacted_comments c
join responses r on r.id = c.response_id
where c.words <> ''
    and r.sent_at < $1::timestamptz - $2::interval
    and not exists (
        select from legal_holds h
        where h.lifted_at is null and h.survey_id = r.survey_id
            and coalesce(h.wave, r.wave) = r.wave
    )
order by c.response_id, c.question_id;

-- name: forget_comments
-- The row stays, so that a theme still knows how many people said it.
update redacted_comments c
set words = '', vector = null
from unnest($1::uuid[], $2::text[]) as x (response_id, question_id)
where c.response_id = x.response_id and c.question_id = x.question_id;

-- name: unsent_due
select r.id
from responses r
where r.sent_at is null
    and r.started_on < ($1::timestamptz - $2::interval)::date
    and not exists (
        select from legal_holds h
        where h.lifted_at is null and h.survey_id = r.survey_id
            and coalesce(h.wave, r.wave) = r.wave
    )
order by r.id;

-- name: forget_responses
delete from responses where id = any($1);

-- name: note_run
insert into retention_runs (removed) values ($1);

-- name: forget_expired
-- What is of no use any more: tries that count no longer, and ways in that are closed.
with gone_tries as (delete from tries where at < now() - interval '1 day'),
    gone_codes as (delete from code_failures where failed_at < now() - interval '1 day'),
    gone_halves as (delete from half_sessions where ends_at < now()),
    gone_journeys as (delete from oidc_journeys where ends_at < now()),
    -- No backup should be as old; docs/running.md says so.
    gone_long as (delete from gone_responses where at < now() - interval '24 months'),
    gone_invitations as (delete from invitations where ends_at < now() - interval '30 days')
delete from staff_sessions where ends_at < now();

-- name: waves_of
select distinct wave from responses where survey_id = $1 order by wave;
