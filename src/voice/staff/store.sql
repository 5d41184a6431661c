-- name: add_person
insert into people (email, roles, password_hash, organisation, surveys)
values ($1, $2, $3, $4, $5)
on conflict (email)
do update set roles = excluded.roles, password_hash = excluded.password_hash, left_at = null,
    organisation = excluded.organisation, surveys = excluded.surveys
returning id;

-- name: person_to_sign_in
select id, email, roles, organisation, surveys, password_hash, totp_sealed is not null as has_factor
from people
where email = $1 and left_at is null;

-- name: people
select id, email, roles, organisation, surveys, totp_sealed is not null as has_factor,
    (select max(seen_at)::date from staff_sessions s where s.person_id = p.id) as seen_on
from people p
where left_at is null
order by email;

-- name: change_person
update people
set roles = $2, organisation = $3, surveys = $4
where id = $1 and left_at is null
returning email;

-- name: end_access
update people set left_at = now() where id = $1 and left_at is null returning email;

-- name: administrators
-- Held, so that of two who go at once one stays.
select id
from people
where 'administrator' = any(roles) and surveys is null and left_at is null
order by id
for update;

-- name: start_session
insert into staff_sessions (cookie_sha256, person_id, ends_at, device)
values ($1, $2, now() + make_interval(hours => $3), $4);

-- name: person_of_session
select s.id as session_id, p.id, p.email, p.roles, p.organisation, p.surveys,
    s.seen_at < now() - interval '1 minute' as stale
from staff_sessions s
join people p on p.id = s.person_id
where s.cookie_sha256 = $1 and s.ends_at > now() and p.left_at is null
    and s.seen_at > now() - make_interval(mins => $2);

-- name: note_seen
update staff_sessions set seen_at = now() where cookie_sha256 = $1;

-- name: sessions_of
select id, started_at, seen_at, device, cookie_sha256 = $2 as this_one
from staff_sessions
where person_id = $1 and ends_at > now()
order by seen_at desc, id;

-- name: end_session
delete from staff_sessions where cookie_sha256 = $1 returning person_id;

-- name: end_session_of
delete from staff_sessions where person_id = $1 and id = $2 returning id;

-- name: end_sessions_of
delete from staff_sessions where person_id = $1;

-- name: end_other_sessions_of
delete from staff_sessions where person_id = $1 and cookie_sha256 <> $2;

-- name: forget_old_sessions
delete from staff_sessions where ends_at <= now();

-- name: try_to_hold
-- Of many tries for one account at once, one is looked at; the others wait.
select pg_try_advisory_xact_lock(hashtextextended(encode($1::bytea, 'hex'), 3));

-- name: invite
insert into invitations (token_sha256, email, roles, organisation, surveys, invited_by, ends_at)
values ($1, $2, $3, $4, $5, $6, now() + interval '7 days');

-- name: forget_invitations
delete from invitations where email = $1 and used_at is null;

-- name: invitations
select email, roles, organisation, ends_at::date as ends_on
from invitations
where used_at is null and ends_at > now()
order by email;

-- name: invitation
select email, roles, organisation, surveys
from invitations
where token_sha256 = $1 and used_at is null and ends_at > now()
for update;

-- name: invitation_for
-- Somebody whom another service vouches for is let in by the invitation of their address.
select token_sha256
from invitations
where email = $1 and used_at is null and ends_at > now()
for update;

-- name: use_invitation
update invitations set used_at = now() where token_sha256 = $1;
