-- name: visits
-- Every answer of these people, a row each; a person without any has one row of nothing.
select
    r.cookie_sha256, r.id, r.survey_id, r.wording, r.sent_at is not null as sent, r.code_try,
    r.code_hash is not null as has_code, r.swapped, k.wrapped,
    a.response_id, a.question_id, a.state, a.value, a.observed, a.sealed
from responses r
left join answers a on a.response_id = r.id
left join response_keys k on k.response_id = r.id
where r.cookie_sha256 = any($1);

-- name: keep_answers
-- Answers of many people, each given now, in one statement: all of them or none. Not kept, and not
-- returned, is what came after Send, what was sealed with a new key where another was first, and
-- what belongs to a response that somebody holds just now: the others shall not wait for that.
with given as (
    select * from unnest(
        $1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::boolean[], $7::boolean[],
        $8::bytea[]
    ) as x (response_id, question_id, state, value, sealed, free_text, observed, new_key)
),
held as (
    select id
    from responses
    where id = any($1) and sent_at is null
    order by id
    for key share skip locked
),
made as (
    insert into response_keys (response_id, wrapped)
    select g.response_id, g.new_key
    from given g
    join held h on h.id = g.response_id
    where g.new_key is not null
    order by g.response_id
    on conflict (response_id) do nothing
    returning response_id, wrapped
)
insert into answers (response_id, question_id, state, value, sealed, free_text, observed, turn)
select
    g.response_id, g.question_id, g.state, g.value::jsonb, g.sealed, g.free_text, g.observed,
    floor(extract(epoch from clock_timestamp()) * 1000)
from given g
join held h on h.id = g.response_id
left join made m on m.response_id = g.response_id and m.wrapped = g.new_key
where g.new_key is null or m.wrapped is not null
order by g.response_id, g.question_id
on conflict (response_id, question_id)
do update set state = excluded.state, value = excluded.value, sealed = excluded.sealed,
    free_text = excluded.free_text, observed = excluded.observed, answered_at = now(),
    turn = greatest(excluded.turn, answers.turn + 1)
returning response_id, question_id;
