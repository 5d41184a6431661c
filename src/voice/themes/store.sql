-- name: redacted_comments
select c.response_id, c.words, c.vector
from redacted_comments c
join responses r on r.id = c.response_id
where r.survey_id = any($1)
    and c.question_id = $2
    and ($3::text is null or r.wave = $3)
    and c.vector is not null
order by c.response_id;

-- name: agreed_members
-- What people agreed on in any wave: it stays, and new comments are held against it.
select m.theme_id, t.name, m.response_id, c.vector
from agreed_themes t
join agreed_members m on m.theme_id = t.id and m.question_id = t.question_id
join redacted_comments c on c.response_id = m.response_id and c.question_id = m.question_id
where t.asked_of = $1 and t.question_id = $2 and t.ended_at is null and c.vector is not null
    and not m.in_part
order by m.theme_id, m.response_id;

-- name: taken_out
-- Comments that a person took out of a theme, and that nobody put in again: it does not ask for them anew.
select theme_id, response_id
from (
    select distinct on (m.theme_id, m.response_id) m.theme_id, m.response_id, m.did
    from decision_members m
    join decisions d on d.id = m.decision_id
    join agreed_themes t on t.id = m.theme_id
    where t.asked_of = $1 and t.question_id = $2 and t.ended_at is null
        and m.did in ('in', 'out') and d.kind <> 'undo'
        and not exists (select from decisions u where u.undoes = d.id)
    order by m.theme_id, m.response_id, m.decision_id desc
) last
where did = 'out';

-- name: agreed_elsewhere
-- Themes of five comments and more that people agreed on about other questions.
select t.id, t.name,
    array_agg(c.words order by m.score desc, m.response_id) as words,
    array_agg(c.vector order by m.score desc, m.response_id) as vectors,
    (
        select coalesce(jsonb_object_agg(a.framework_id, a.area_ids), '{}')
        from (
            select framework_id, jsonb_agg(area_id order by area_id) as area_ids
            from agreed_areas
            where theme_id = t.id
            group by framework_id
        ) a
    ) as areas
from agreed_themes t
join agreed_members m on m.theme_id = t.id and m.question_id = t.question_id
join redacted_comments c on c.response_id = m.response_id and c.question_id = m.question_id
where (t.asked_of, t.question_id) <> ($1, $2) and t.ended_at is null
    and c.vector is not null and not m.in_part
group by t.id
having count(*) >= 5
order by t.id;

-- name: lock_question
-- Two runs for one question at once: the second waits for the first, then takes its place.
select pg_advisory_xact_lock(hashtextextended($1, 0));

-- name: forget_run
delete from theme_runs
where asked_of = $1 and question_id = $2 and wave is not distinct from $3;

-- name: start_run
insert into theme_runs (
    asked_of, question_id, wave, n_comments, n_empty, n_non_answers, n_not_themed, n_agreed,
    n_placed, record
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
returning id;

-- name: keep_suggestion
insert into suggested_themes (
    run_id, place, name, terms, description, split, stability, separation, near_place,
    between_share, parts, for_theme
)
values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10, $11::jsonb, $12)
returning id;

-- name: keep_members
insert into suggested_members (theme_id, response_id, question_id, score, quote_place, in_part)
select $1, x.response_id, $2, x.score, x.quote_place, x.in_part
from unnest($3::uuid[], $4::real[], $5::smallint[], $6::boolean[])
    as x (response_id, score, quote_place, in_part);

-- name: suggestions
select t.id, t.place, t.name, t.terms, count(m.response_id) as size
from suggested_themes t
join theme_runs n on n.id = t.run_id
left join suggested_members m on m.theme_id = t.id
where n.asked_of = $1 and n.question_id = $2 and n.wave is not distinct from $3
group by t.id
order by t.place;

-- name: runs_about
-- Where comments of these surveys, in this wave, were looked at.
select asked_of, question_id, wave
from theme_runs
where asked_of = any($1) and (wave is null or wave = $2)
order by asked_of, question_id, wave;
