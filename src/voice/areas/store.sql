-- name: keep_suggested_areas
insert into suggested_areas (theme_id, framework_id, area_id, score, chosen)
select x.theme_id, $1, x.area_id, x.score, x.chosen
from unnest($2::bigint[], $3::text[], $4::real[], $5::boolean[])
as x (theme_id, area_id, score, chosen)
on conflict (theme_id, framework_id, area_id)
do update set score = excluded.score, chosen = excluded.chosen;
