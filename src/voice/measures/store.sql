-- name: lock_measure
-- One saving of a measure or its figures at a time: rows that never change cannot be locked.
select pg_advisory_xact_lock(841052, $1);

-- name: newest
select max(version) from measures where number = $1;

-- name: same_measure
select number
from measures
where version = 1 and framework_id = $1 and area_id = $2 and name = $3 and written_by = $4
    and survey_id is not distinct from $5 and question_id is not distinct from $6
order by number desc
limit 1;

-- name: other_options
-- What another measure counts of the same question: two counts of one question could be subtracted.
select options
from measures
where survey_id = $1 and question_id = $2 and options <> $3
limit 1;

-- name: new_number
select nextval('measure_numbers')::integer;

-- name: save
insert into measures (
    number, version, framework_id, area_id, name, easy_name, better, unit, source, survey_id,
    question_id, options, baseline, baseline_on, target, target_on, milestones, milestone_days,
    pledges, published, demo, written_by
)
values (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
    $22
);

-- name: current
select
    number, version, framework_id, area_id, name, easy_name, better, unit, source, survey_id,
    question_id, options, baseline, baseline_on, target, target_on, milestones, milestone_days,
    pledges, published, written_at::date as updated_on,
    demo or exists (
        select from response_counts k where k.survey_id = m.survey_id and k.demo and k.n > 0
    ) as demo
from measures m
where version = (select max(n.version) from measures n where n.number = m.number)
    and ($1::integer is null or number = $1)
order by framework_id, area_id, number;

-- name: history
select
    number, version, framework_id, area_id, name, easy_name, better, unit, source, survey_id,
    question_id, options, baseline, baseline_on, target, target_on, milestones, milestone_days,
    pledges, published, written_at::date as updated_on, demo, w.email as writer
from measures m
join people w on w.id = m.written_by
where number = $1
order by version desc;

-- name: pledges_now
select number, easy_said from pledges where superseded_at is null order by number;

-- name: actuals
select
    number, id, on_day, source, value, not_comparable, note, wave, asked, people, low, high,
    written_at::date as written_on
from measure_actuals
where number = any($1)
order by number, id;

-- name: add_actual
insert into measure_actuals (
    number, on_day, source, value, not_comparable, note, wave, asked, people, low, high, written_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);
