-- name: in_the_clear
-- Free text from before it was sealed, a batch at a time; held, so that two do not do the same.
select response_id, question_id, value
from answers
where free_text and value is not null
limit $1
for update skip locked;

-- name: keep_keys
insert into response_keys (response_id, wrapped)
select x.response_id, x.wrapped
from unnest($1::uuid[], $2::bytea[]) as x (response_id, wrapped)
on conflict (response_id) do nothing;

-- name: keys_of
select response_id, wrapped from response_keys where response_id = any($1);

-- name: seal
update answers a
set value = null, sealed = x.sealed
from unnest($1::uuid[], $2::text[], $3::bytea[]) as x (response_id, question_id, sealed)
where a.response_id = x.response_id and a.question_id = x.question_id;

-- name: of_older_masters
select response_id, wrapped
from response_keys
where substring(wrapped from 1 for 8) <> $1
limit $2
for update skip locked;

-- name: rewrap
update response_keys k
set wrapped = x.wrapped
from unnest($1::uuid[], $2::bytea[]) as x (response_id, wrapped)
where k.response_id = x.response_id;

-- name: masters_in_use
select distinct substring(wrapped from 1 for 8) as name from response_keys;
