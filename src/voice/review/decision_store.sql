-- name: lock_question
-- Two people at once: the second waits, and then sees what the first decided.
select pg_advisory_xact_lock(hashtextextended($1 || '/' || $2, 1));

-- name: suggestions_to_decide
select t.id, t.name,
    exists (
        select from decisions d
        where d.suggestion_ids @> array[t.id]
            and not exists (select from decisions u where u.undoes = d.id)
    ) as decided
from suggested_themes t
join theme_runs n on n.id = t.run_id
where t.id = any($1) and n.asked_of = $2 and n.question_id = $3
order by t.id;

-- name: suggested_members
select theme_id, response_id, score, quote_place, in_part, false as publishable, false as by_hand
from suggested_members
where theme_id = any($1)
order by theme_id, score desc, response_id;

-- name: agreed_members
select theme_id, response_id, score, quote_place, in_part, publishable, by_hand
from agreed_members
where theme_id = any($1)
order by theme_id, score desc, response_id;

-- name: decided_before
-- The same form, sent twice by the same person.
select id
from decisions
where asked_of = $1 and question_id = $2 and decided_by = $3 and details ->> 'form' = $4;

-- name: make_theme
insert into agreed_themes (asked_of, question_id, name, agreed_by, quotes_chosen)
values ($1, $2, $3, $4, $5)
returning id;

-- name: forget_areas
delete from agreed_areas where theme_id = $1;

-- name: keep_areas
insert into agreed_areas (theme_id, framework_id, area_id)
select $1, x.framework_id, x.area_id
from unnest($2::text[], $3::text[]) as x (framework_id, area_id);

-- name: change_theme
update agreed_themes
set name = coalesce($2, name), description = coalesce($3, description),
    quotes_chosen = coalesce($4, quotes_chosen), version = version + 1
where id = $1;

-- name: end_themes
update agreed_themes set ended_at = now(), version = version + 1 where id = any($1);

-- name: revive_themes
update agreed_themes set ended_at = null, version = version + 1 where id = any($1);

-- name: keep_decision
insert into decisions (
    asked_of, question_id, kind, suggestion_ids, theme_ids, made_theme_ids, reason, details,
    decided_by, ended_theme_ids, undoes, undoable
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
returning id;

-- name: keep_description
insert into descriptions (decision_id, theme_id, description, was)
select $1, id, $3, description from agreed_themes where id = $2;

-- name: descriptions
select decision_id, description, was
from descriptions
where theme_id = any($1::bigint[])
order by decision_id
for update;

-- name: change_description
update descriptions set description = $2, was = $3 where decision_id = $1;
