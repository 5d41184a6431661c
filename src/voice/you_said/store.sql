-- name: themes_in_use
select id from agreed_themes where ended_at is null order by id;

-- name: lock_theme
-- Two clicks on Save at once: the second waits here, and then finds the pledge of the first.
select id from agreed_themes where id = $1 and ended_at is null for no key update;

-- name: same_pledge
select number
from pledges
where theme_id = $1 and status = $2 and words = $3 and on_day = $4 and version = 1
    and superseded_at is null
order by number desc
limit 1;

-- name: new_number
select nextval('pledge_numbers')::integer;

-- name: supersede
update pledges
set superseded_at = now()
where number = $1 and version = $2 and superseded_at is null
returning id;

-- name: save
insert into pledges (
    number, version, theme_id, status, easy_said, words, easy_words, because, easy_because, instead, easy_instead, measure,
    measure_before, measure_after, measured_on, evidence, evidence_on, owner_role,
    owner_organisation, on_day, next_update_on, board, board_on, checked, checked_note, published,
    written_by
)
values (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
    $22, $23, $24, $25, $26, $27
);

-- name: current
select
    number, version, theme_id, status, easy_said, words, easy_words, because, easy_because, instead, easy_instead, measure,
    measure_before, measure_after, measured_on, evidence, evidence_on, owner_role,
    owner_organisation, on_day, next_update_on, board, board_on, checked, checked_note, published,
    written_at::date as updated_on
from pledges
where superseded_at is null
order by number;

-- name: published
-- A theme that was taken back or merged is no longer agreed: what was said of it is not shown.
select
    number, version, theme_id, status, easy_said, words, easy_words, because, easy_because, instead, easy_instead, measure,
    measure_before, measure_after, measured_on, evidence, evidence_on, owner_role,
    owner_organisation, on_day, next_update_on, board, board_on, checked, checked_note, published,
    written_at::date as updated_on
from pledges p
where superseded_at is null and published
    and exists (select from agreed_themes t where t.id = p.theme_id and t.ended_at is null)
order by written_at::date desc, number desc;

-- name: versions
select
    p.number, version, theme_id, status, easy_said, words, easy_words, because, easy_because, instead, easy_instead, measure,
    measure_before, measure_after, measured_on, evidence, evidence_on, owner_role,
    owner_organisation, on_day, next_update_on, board, board_on, checked, checked_note, published,
    written_at::date as updated_on, w.email as writer
from pledges p
join people w on w.id = p.written_by
where p.number = $1
order by version desc;

-- name: themes
select
    id as theme_id, name as theme, asked_of, question_id, ended_at is not null as ended
from agreed_themes
where id = any($1);

-- name: counts
select theme_id, voice, sum(n)::bigint as people, coalesce(sum(n) filter (where demo), 0) > 0 as demo
from member_counts
where theme_id = any($1)
group by theme_id, voice
having sum(n) > 0;

-- name: waves
select distinct theme_id, wave
from member_counts
where theme_id = any($1) and n > 0
order by theme_id, wave;

-- name: areas
select theme_id, framework_id, area_id
from agreed_areas
where theme_id = any($1)
order by theme_id, framework_id, area_id;

-- name: themes_of_code
-- What the person with these three words said, as agreed themes only.
select distinct m.theme_id
from agreed_members m
join responses r on r.id = m.response_id
join agreed_themes t on t.id = m.theme_id
where r.code_hash = $1 and r.sent_at is not null and t.ended_at is null
order by m.theme_id;
