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
insert into redacted_comments (response_id, question_id, words, taken_out, vector)
select x.response_id, x.question_id, x.words, x.taken_out::jsonb, x.vector
from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[])
as x (response_id, question_id, words, taken_out, vector)
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
set vector = x.vector
from unnest($1::uuid[], $2::text[], $3::bytea[]) as x (response_id, question_id, vector)
where c.response_id = x.response_id and c.question_id = x.question_id;

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
select count(*)
from answers a
join responses r on r.id = a.response_id
left join redacted_comments c
    on c.response_id = a.response_id and c.question_id = a.question_id
where r.sent_at is not null
    and a.free_text
    and a.state = 'answered'
    and c.response_id is null;
