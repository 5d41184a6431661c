-- name: start_response
insert into responses (survey_id, wave, voice, route, wording, cookie_sha256, swapped)
values ($1, $2, $3, 'web', $4, $5, $6);

-- name: response_of_cookie
select
    id, survey_id, wording, sent_at is not null as sent, code_try, code_hash is not null as has_code,
    swapped
from responses
where cookie_sha256 = $1 and survey_id = $2;

-- name: lock_response
-- Two clicks on Send at once: the second waits here and then finds it sent.
select sent_at is not null from responses where id = $1 for update;

-- name: save_answer
-- Answering again replaces the answer; the first time of asking is not kept. An answer without a turn
-- is given now; one with a turn may come late, and then gives way to a newer one.
insert into answers (response_id, question_id, state, value, sealed, free_text, observed, turn)
values (
    $1, $2, $3, $4, $8, $5, $6, coalesce($7, floor(extract(epoch from clock_timestamp()) * 1000))
)
on conflict (response_id, question_id)
do update set state = excluded.state, value = excluded.value, sealed = excluded.sealed,
    free_text = excluded.free_text, observed = excluded.observed, answered_at = now(), turn = greatest(excluded.turn, answers.turn + 1)
where $7 is null or excluded.turn > answers.turn;

-- name: answers_so_far
select a.response_id, a.question_id, a.state, a.value, a.observed, a.sealed, k.wrapped
from answers a
left join response_keys k on k.response_id = a.response_id
where a.response_id = $1;

-- name: keep_keys
-- Of two that come at once one stays, and both use it.
insert into response_keys (response_id, wrapped)
select x.response_id, x.wrapped
from unnest($1::uuid[], $2::bytea[]) as x (response_id, wrapped)
on conflict (response_id) do nothing;

-- name: key_of
select wrapped from response_keys where response_id = $1;

-- name: turns
select question_id, turn from answers where response_id = $1;

-- name: note_not_shown
-- An answer on a page that the route no longer passes stays, but counts as not shown.
insert into answers (response_id, question_id, state, value, free_text)
select $1, q.id, 'not_shown', null, q.free_text
from unnest($2::text[], $3::boolean[]) as q (id, free_text)
on conflict (response_id, question_id)
do update set state = 'not_shown';

-- name: send
update responses
set sent_at = now(), helped = $2, may_quote = $3, patterns = $4
where id = $1;

-- name: give_code
update responses
set code_hash = $2, code_try = $3
where id = $1;

-- name: come_back
-- From now on the response is known by another cookie: the one of the device it goes on with.
update responses
set cookie_sha256 = $2
where code_hash = $1 and sent_at is null
returning survey_id, wording;

-- name: code_is_taken
select exists (select from responses where code_hash = $1);

-- name: withdraw
delete from responses where code_hash = $1 returning survey_id, wave;

-- name: keep_imported_responses
insert into responses (
    survey_id, wave, route, voice, helped, may_quote, source_ref, wording, started_on, sent_at
)
select
    $1, $2, $3, x.voice, x.helped, x.may_quote, x.ref, x.wording, coalesce(x.day, current_date), null
from unnest(
    $4::text[], $5::text[], $6::boolean[], $7::text[], $8::text[], $9::date[]
) as x (voice, helped, may_quote, ref, wording, day)
on conflict (survey_id, wave, source_ref) do nothing
returning id, source_ref;

-- name: send_imported
-- When their answers are there: what is sent is counted with all that was chosen.
update responses set sent_at = now() where id = any($1);

-- name: forget
delete from responses where id = any($1);

-- name: keep_imported_answers
insert into answers (response_id, question_id, state, value, sealed, free_text, observed)
select x.response_id, x.question_id, x.state, x.value::jsonb, x.sealed, x.free_text, x.observed
from unnest(
    $1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::boolean[], $7::boolean[]
) as x (response_id, question_id, state, value, sealed, free_text, observed);

-- name: imported_before
select r.source_ref, a.response_id, a.question_id, a.value, a.sealed, k.wrapped
from responses r
join answers a on a.response_id = r.id
left join response_keys k on k.response_id = r.id
where r.survey_id = $1 and r.wave = $2 and r.source_ref = any($3) and a.state = 'answered';
