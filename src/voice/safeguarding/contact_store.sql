-- name: ask
insert into contact_requests (survey_id, name, reach) values ($1, $2, $3);

-- name: asked_lately
select count(*) from contact_requests where came_on = current_date and done_on is null;

-- name: requests
select id, survey_id, name, reach, came_on, done_on
from contact_requests
order by done_on nulls first, came_on, id;

-- name: done
update contact_requests
set done_on = current_date, done_by = $2
where id = $1 and done_on is null;

-- name: forget_done
with gone as (
    delete from contact_requests where done_on < $1::date - $2::integer returning 1
)
select count(*) from gone;
