-- name: claim_key
-- Two at once with the same key: the second waits here and then finds it taken.
insert into device_responses (key_sha256)
values ($1)
on conflict (key_sha256) do nothing
returning true;

-- name: begin_response
insert into responses (survey_id, wave, voice, route, wording, cookie_sha256, swapped)
values ($1, $2, $3, 'web', $4, $5, $6)
returning id;

-- name: tie_key
insert into device_responses (key_sha256, response_id)
values ($1, $2)
on conflict (key_sha256) do update set response_id = excluded.response_id
where device_responses.response_id is null;

-- name: response_of_key
select
    r.id, r.survey_id, r.wording, r.sent_at is not null as sent, r.code_try,
    r.code_hash is not null as has_code, r.swapped
from device_responses d
join responses r on r.id = d.response_id
where d.key_sha256 = $1 and r.survey_id = $2
for update of r;

-- name: cookie_is_own
select exists (select from responses where id = $1 and cookie_sha256 = $2);
