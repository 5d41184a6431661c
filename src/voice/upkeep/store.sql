-- name: server_version
select current_setting('server_version_num')::int / 10000;

-- name: migrations
select name from migrations order by name;

-- name: somebody_is_in
-- Whether a database is in use already: somebody answered, or belongs to the staff.
select exists (select from responses) or exists (select from people);

-- name: others
-- Who else is connected to this database.
select count(*)
from pg_stat_activity
where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid();

-- name: live
insert into signs_of_life (worker) values ($1)
on conflict (worker) do update set at = now();

-- name: forget_the_silent
delete from signs_of_life where at < now() - interval '7 days';

-- name: silent_for
-- Seconds since any worker said that it lives; null when none ever did.
select extract(epoch from now() - max(at))::float8 from signs_of_life;

-- name: jobs
select status::text as status, entrypoint as name, count(*) as jobs
from pgqueuer
group by status, entrypoint;

-- name: clock
select clock_timestamp();

-- name: roles_lacking
-- The roles of Voice's parts that are not there, or that this user may not take on.
select part
from unnest($1::text[]) as part
where not exists (select from pg_roles where rolname = part)
    or not pg_has_role(current_user, (select oid from pg_roles where rolname = part), 'member');
