-- name: changes
select number, version, written_at::date as written_on, status, published
from pledges
order by written_at desc, number desc, version desc;

-- name: freeze
-- Two clicks at once freeze one pack.
insert into evidence_packs (layer, day, content, sha256, content_sha256, made_by)
values ($1, $2, $3, $4, $4, $5)
on conflict (sha256) where content is not null do nothing
returning id;

-- name: same
select id from evidence_packs where sha256 = $1 and content is not null;

-- name: packs
select k.id, k.layer, k.day, k.sha256, k.made_at, p.email as made_by, octet_length(k.content) as size,
    k.content_sha256, k.taken_back, k.taken_back_on,
    k.withdrawn_on, k.withdrawn_because
from evidence_packs k
join people p on p.id = k.made_by
where k.layer = any($1)
order by k.id desc;

-- name: content
select content from evidence_packs where id = $1;

-- name: with_content
-- Locked: two who clean one pack at once would count its quotes twice.
select id, content from evidence_packs
where content is not null and ($1::bigint is null or id = $1)
order by id
for update;

-- name: take_back
update evidence_packs
set content = $2, content_sha256 = $3, taken_back = taken_back + $4, taken_back_on = current_date
where id = $1;

-- name: withdraw
update evidence_packs
set content = null, withdrawn_on = current_date, withdrawn_because = $2, withdrawn_by = $3
where id = $1 and content is not null
returning id;

-- name: runs
select asked_of, question_id, coalesce(wave, 'all waves') as wave, found_at::date as found_on,
    coalesce(record ->> 'version', '') as version,
    coalesce((record ->> 'large_model')::boolean, false) as large
from theme_runs
order by asked_of, question_id, wave;

-- name: still_quotable
-- Of these words, those that may be quoted today. Looked up first, so that few are looked into.
with same as materialized (
    select response_id, question_id, words from redacted_comments where words = any($1)
)
select distinct s.words
from same s
join responses r on r.id = s.response_id
join shown_comments c on c.response_id = s.response_id and c.question_id = s.question_id
where r.may_quote and not c.held;
