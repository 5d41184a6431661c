-- name: responses
select id, cookie_sha256, sent_at is not null as sent from responses;

-- name: answers
select a.response_id, a.question_id, a.state, a.value, a.sealed, k.wrapped
from answers a
left join response_keys k on k.response_id = a.response_id;

-- name: jobs
select payload from pgqueuer where entrypoint = 'enrich';
