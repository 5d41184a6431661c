-- name: snapshot
-- Another connection sees what this one sees, as long as its transaction lasts.
select pg_export_snapshot();

-- name: tables
select tablename
from pg_tables
where schemaname = 'public'
order by tablename;

-- name: count
-- The name comes from the list of tables, never from a person.
select count(*) from {table};

-- name: look_again
-- After so many rows came at once, the planner knows nothing of them.
analyze;
