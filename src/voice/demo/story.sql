-- name: demo_responses
select source_ref, id from responses where route = 'demo';

-- name: theme_of_that_name
-- Ended or not: a theme that somebody merged, split or took back is not made again.
select 1
from agreed_themes
where asked_of = $1 and question_id = $2 and lower(name) = lower($3)
limit 1;

-- name: made_by
select made_theme_ids[1] from decisions where id = $1;
