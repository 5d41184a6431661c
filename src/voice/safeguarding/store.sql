-- name: keep_flags
insert into flags (response_id, question_id, concern, score, kinds, because_sealed)
select x.response_id, x.question_id, x.concern, x.score, string_to_array(x.kinds, ','), x.sealed
from unnest($1::uuid[], $2::text[], $3::boolean[], $4::real[], $5::text[], $6::bytea[])
    as x (response_id, question_id, concern, score, kinds, sealed)
on conflict (response_id, question_id)
do update set
    concern = excluded.concern,
    score = excluded.score,
    kinds = excluded.kinds,
    because_sealed = excluded.because_sealed;

-- name: keys_of
select response_id, wrapped from response_keys where response_id = any($1);

-- name: waiting
-- Every free-text answer that no person has acted on: the overdue ones, which were sent before $2,
-- then the others, each the most worrying first.
select
    a.response_id,
    a.question_id,
    a.sealed,
    k.wrapped,
    r.survey_id,
    r.voice,
    r.route,
    r.sent_at,
    coalesce(f.concern, true) as concern,
    coalesce(f.score, 1) as score,
    coalesce(f.kinds, '{}') as kinds,
    f.because_sealed
from answers a
join responses r on r.id = a.response_id
left join response_keys k on k.response_id = a.response_id
left join flags f on f.response_id = a.response_id and f.question_id = a.question_id
where a.free_text
    and a.state = 'answered'
    and r.sent_at is not null
    and not exists (
        select from flag_actions d
        where d.response_id = a.response_id and d.question_id = a.question_id
    )
order by
    r.sent_at < $2 desc,
    coalesce(f.concern, true) desc,
    coalesce(f.score, 1) desc,
    r.sent_at,
    a.response_id
limit $1 offset $3;

-- name: how_many_wait
select
    count(*) as answers,
    count(*) filter (where coalesce(f.concern, true)) as concerns,
    count(*) filter (where r.sent_at < $1) as overdue,
    min(r.sent_at) as oldest
from answers a
join responses r on r.id = a.response_id
left join flags f on f.response_id = a.response_id and f.question_id = a.question_id
where a.free_text
    and a.state = 'answered'
    and r.sent_at is not null
    and not exists (
        select from flag_actions d
        where d.response_id = a.response_id and d.question_id = a.question_id
    );

-- name: overdue
-- Answers that wait and were sent before $1, but for those that a mail went out about on the day $2.
select a.response_id, a.question_id, r.survey_id, r.sent_at
from answers a
join responses r on r.id = a.response_id
where a.free_text
    and a.state = 'answered'
    and r.sent_at < $1
    and not exists (
        select from flag_actions d
        where d.response_id = a.response_id and d.question_id = a.question_id
    )
    and not exists (
        select from overdue_alarms m
        where m.response_id = a.response_id and m.question_id = a.question_id and m.day = $2
    )
order by r.sent_at, a.response_id, a.question_id;

-- name: note_alarms
insert into overdue_alarms (response_id, question_id, day)
select x.response_id, x.question_id, $3
from unnest($1::uuid[], $2::text[]) as x (response_id, question_id)
on conflict do nothing;

-- name: worries
-- Flagged answers of one route that nobody has acted on.
select a.response_id, a.question_id, coalesce(r.source_ref, '') as source_ref
from answers a
join responses r on r.id = a.response_id
join flags f on f.response_id = a.response_id and f.question_id = a.question_id
where a.free_text
    and a.state = 'answered'
    and r.sent_at is not null
    and r.route = $1
    and f.concern
    and not exists (
        select from flag_actions d
        where d.response_id = a.response_id and d.question_id = a.question_id
    )
order by r.source_ref, a.question_id, a.response_id;

-- name: keep_action
-- Only for an answer that is there and waits: pressing twice keeps it once.
insert into flag_actions (response_id, question_id, action, reference, done_by)
select a.response_id, a.question_id, $3, $4, $5
from answers a
where a.response_id = $1
    and a.question_id = $2
    and a.free_text
    and not exists (
        select from flag_actions d
        where d.response_id = a.response_id and d.question_id = a.question_id
    )
returning id;

-- name: done_lately
select d.action, d.reference, d.done_at, d.question_id, p.email
from flag_actions d
join people p on p.id = d.done_by
order by d.done_at desc
limit 20;

-- name: any_worry
-- Whether one of these answers speaks of a worry, or somebody has acted on one.
select exists (select from flags where concern and response_id = any($1))
    or exists (select from flag_actions where response_id = any($1));
