-- name: raw_comments
-- Held until the transaction ends: a withdrawal waits, and then takes what was made from it too.
select a.response_id, a.question_id, a.sealed, k.wrapped
from responses r
join answers a on a.response_id = r.id
join response_keys k on k.response_id = r.id
where r.id = any($1)
    and r.sent_at is not null
    and a.free_text
    and a.state = 'answered'
    and a.sealed is not null
    and not exists (
        select from redacted_comments c
        where c.response_id = a.response_id and c.question_id = a.question_id
    )
order by a.response_id, a.question_id
for key share of r;

-- name: keep_redacted
insert into redacted_comments (response_id, question_id, words, taken_out, vector, feeling)
select x.response_id, x.question_id, x.words, x.taken_out::jsonb, x.vector, x.feeling
from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::smallint[])
as x (response_id, question_id, words, taken_out, vector, feeling)
on conflict (response_id, question_id) do nothing;

-- name: without_vector
select response_id, question_id, words
from redacted_comments
where vector is null and words <> ''
order by response_id, question_id
limit $1
for update skip locked;

-- name: keep_vectors
update redacted_comments c
set vector = x.vector, feeling = x.feeling
from unnest($1::uuid[], $2::text[], $3::bytea[], $4::smallint[])
as x (response_id, question_id, vector, feeling)
where c.response_id = x.response_id and c.question_id = x.question_id;

-- name: not_heard
-- Comments that were read before there was a model that hears how they sound.
select response_id, question_id, vector
from redacted_comments
where vector is not null and feeling is null
order by response_id, question_id
limit $1
for update skip locked;

-- name: keep_feelings
update redacted_comments c
set feeling = x.feeling
from unnest($1::uuid[], $2::text[], $3::smallint[]) as x (response_id, question_id, feeling)
where c.response_id = x.response_id and c.question_id = x.question_id;

-- name: redactable
select c.response_id, c.question_id, s.words, s.held
from redacted_comments c
join responses r on r.id = c.response_id
join shown_comments s on s.response_id = c.response_id and s.question_id = c.question_id
where r.survey_id = any($1) and c.question_id = $2 and c.response_id = $3
for update of c;

-- name: redact_more
update redacted_comments
set words = $3,
    vector = null,
    feeling = null,
    taken_out = taken_out
        || jsonb_build_object('BY_A_PERSON', coalesce((taken_out ->> 'BY_A_PERSON')::integer, 0) + $4::integer)
where response_id = $1 and question_id = $2;

-- name: not_enriched
select r.id
from responses r
where r.sent_at is not null
    and exists (
        select from answers a
        where a.response_id = r.id
            and a.free_text
            and a.state = 'answered'
            and not exists (
                select from redacted_comments c
                where c.response_id = a.response_id and c.question_id = a.question_id
            )
    )
order by r.id
limit $1;

-- name: how_many_not_enriched
select count(*) from words_waiting;
