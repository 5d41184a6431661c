-- name: responses
insert into responses (id, survey_id, wave, voice, route, helped, may_quote, started_on)
select
    md5('r' || g)::uuid, s.survey_id, (array['2025-autumn', '2026-spring', '2026-autumn'])[1 + g / 7 % 3],
    s.voice, 'import', (array['alone', 'alone', 'read', 'said', null])[1 + g / 5 % 5],
    g % 3 > 0, '2026-09-01'
from generate_series(1, $1::integer) g
cross join lateral (
    select (array['support-easy-read', 'support-young-people', 'support-parents-carers', 'support-practitioners'])[1 + g % 4]
        as survey_id,
        (array['child', 'young_person', 'parent', 'practitioner'])[1 + g % 4] as voice
) s;

-- name: answers
-- What people chose: their age, where they learn, the part of the county.
insert into answers (response_id, question_id, state, value, free_text)
select md5('r' || g)::uuid, q.id, 'answered', to_jsonb(q.options[1 + (g / 11 + length(q.id)) % array_length(q.options, 1)]), false
from generate_series(1, $1::integer) g
cross join (values
    ('age_band', array['under_11', 'from_11_to_15', 'from_16_to_18', 'from_19_to_25']),
    ('setting', array['mainstream', 'special', 'college', 'elsewhere']),
    ('district', array['dacorum', 'watford', 'stevenage', 'broxbourne'])
) q (id, options);

-- name: said
-- What people wrote, as it is kept: sealed. Nobody opens it here.
insert into answers (response_id, question_id, state, sealed, free_text)
select md5('r' || g)::uuid, 'one_change', 'answered', decode(repeat(md5('s' || g), 5), 'hex'), true
from generate_series(1, $1::integer) g;

-- name: send
-- In parts, as people do: each is counted as it is sent.
update responses set sent_at = '2026-09-01'
from generate_series($1::integer, $2::integer) g
where id = md5('r' || g)::uuid;

-- name: comments
-- Three clauses each, drawn by chance with a seed of the row's own.
insert into redacted_comments (response_id, question_id, words, taken_out)
select
    md5('r' || g)::uuid, 'one_change',
    ($2::text[])[g % $3::integer + 1] || '. ' || ($2::text[])[g / 7 % $3 + 1] || '. '
        || ($2::text[])[g / 131 % $3 + 1],
    '{}'
from generate_series(1, $1::integer) g;

-- name: flags
insert into flags (response_id, question_id, concern, score, kinds)
select md5('r' || g)::uuid, 'one_change', g % 50 = 0, (g % 100) / 100.0, '{}'
from generate_series(1, $1::integer) g;

-- name: themes
insert into agreed_themes (asked_of, question_id, name, agreed_by)
select 'send-support', 'one_change', 'Theme ' || g || ': ' || ($2::text[])[g], 1
from generate_series(1, $1::integer) g;

-- name: members
insert into agreed_members (theme_id, response_id, question_id, score, quote_place)
select 1 + g / 3 % $2::integer, md5('r' || g)::uuid, 'one_change', (g % 997) / 997.0, case when g / 3 < 3 * $2 then 1 + g / 3 / $2 end
from generate_series(1, $1::integer) g
where g % 10 > 0;

-- name: areas
insert into agreed_areas (theme_id, framework_id, area_id)
select g, 'hertfordshire-2023', 'IA' || 1 + g % 5 from generate_series(1, $1::integer) g;

-- name: pledges
insert into pledges (
    number, version, theme_id, status, easy_said, words, easy_words, owner_role, owner_organisation,
    on_day, published, written_by
)
select g, 1, g, (array['listening', 'doing'])[1 + g % 2], 'You said this.', 'We are working on it.', 'We do it now.',
    'head of SEND', 'the council', '2027-03-01', true, 1
from generate_series(1, $1::integer) g;

-- name: run
insert into theme_runs (asked_of, question_id, n_comments, n_empty, n_non_answers, n_not_themed, record)
values ('send-support', 'one_change', $1, 0, 0, $1 / 10, '{}');

-- name: suggestions
insert into suggested_themes (run_id, place, name, terms)
select 1, g, 'Suggestion ' || g, array['wait', 'plan'] from generate_series(1, $1::integer) g;

-- name: suggested
-- What is in no agreed theme: a tenth.
insert into suggested_members (theme_id, response_id, question_id, score, quote_place)
select 1 + g / 10 % $2::integer, md5('r' || g)::uuid, 'one_change', (g % 997) / 997.0, case when g / 10 < 3 * $2 then 1 + g / 10 / $2 end
from generate_series(10, $1::integer, 10) g;

-- name: analyse
vacuum analyze;
