-- name: response
-- One response for each client, so that no two wait for the same row.
insert into responses (id, survey_id, wave, voice, route)
select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, $2, 'w', 'young_person', 'web'
from generate_series(0, $1::integer - 1) as n
on conflict do nothing;

-- name: chosen
-- Given to pgbench: the row of an answer that was chosen. `n` counts up within a client.
insert into answers (response_id, question_id, state, value, sealed, free_text, observed, turn)
values (
    ('00000000-0000-4000-8000-' || lpad((:client_id)::text, 12, '0'))::uuid, 'listened' || :n,
    'answered', '"sometimes"', null, false, false,
    floor(extract(epoch from clock_timestamp()) * 1000)
);

-- name: written
-- Given to pgbench: the row of an answer in words, as long as those that the crowd types.
insert into answers (response_id, question_id, state, value, sealed, free_text, observed, turn)
values (
    ('00000000-0000-4000-8000-' || lpad((:client_id)::text, 12, '0'))::uuid, 'one_change' || :n,
    'answered', null, decode(repeat('5a', 96), 'hex'), true, false,
    floor(extract(epoch from clock_timestamp()) * 1000)
);
