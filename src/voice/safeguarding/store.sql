-- name: keep_flag
insert into flags (response_id, question_id, concern, score, kinds, because)
values ($1, $2, $3, $4, $5, $6)
on conflict (response_id, question_id)
do update set
    concern = excluded.concern,
    score = excluded.score,
    kinds = excluded.kinds,
    because = excluded.because;

-- name: waiting
-- Every free-text answer that no person has acted on, the most worrying first.
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
    coalesce(f.because, '{}') as because
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
order by coalesce(f.concern, true) desc, coalesce(f.score, 1) desc, r.sent_at, a.response_id
limit $1;

-- name: how_many_wait
select
    count(*) as answers,
    count(*) filter (where coalesce(f.concern, true)) as concerns,
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
