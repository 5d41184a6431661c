-- name: add_person
insert into people (email, roles, password_hash)
values ($1, $2, $3)
on conflict (email)
do update set roles = excluded.roles, password_hash = excluded.password_hash, left_at = null
returning id;

-- name: person_to_sign_in
select id, email, roles, password_hash
from people
where email = $1 and left_at is null;

-- name: start_session
insert into staff_sessions (cookie_sha256, person_id, ends_at)
values ($1, $2, now() + make_interval(hours => $3));

-- name: person_of_session
select p.id, p.email, p.roles
from staff_sessions s
join people p on p.id = s.person_id
where s.cookie_sha256 = $1 and s.ends_at > now() and p.left_at is null;

-- name: end_session
delete from staff_sessions where cookie_sha256 = $1;

-- name: end_sessions_of
delete from staff_sessions where person_id = $1;

-- name: forget_old_sessions
delete from staff_sessions where ends_at <= now();

-- name: note_failure
insert into sign_in_failures (email_sha256) values ($1);

-- name: recent_failures
select count(*)
from sign_in_failures
where email_sha256 = $1 and failed_at > now() - interval '15 minutes';

-- name: forget_failures
delete from sign_in_failures
where email_sha256 = $1 or failed_at < now() - interval '1 day';
