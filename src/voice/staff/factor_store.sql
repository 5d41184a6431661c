-- name: begin
insert into half_sessions (cookie_sha256, person_id, wanted, new_totp_sealed, ends_at)
values ($1, $2, $3, $4, now() + interval '10 minutes');

-- name: forget_old
delete from half_sessions where ends_at <= now() or person_id = $1;

-- name: half
select h.person_id, h.wanted, h.new_totp_sealed, p.email, p.totp_sealed, p.totp_last_step
from half_sessions h
join people p on p.id = h.person_id
where h.cookie_sha256 = $1 and h.ends_at > now() and p.left_at is null
for update;

-- name: end_half
delete from half_sessions where cookie_sha256 = $1;

-- name: use_step
update people set totp_last_step = $2 where id = $1;

-- name: keep_factor
update people set totp_sealed = $2, totp_last_step = $3 where id = $1;

-- name: forget_recovery
delete from recovery_codes where person_id = $1;

-- name: keep_recovery
insert into recovery_codes (person_id, code_sha256) select $1, unnest($2::bytea[]);

-- name: use_recovery
delete from recovery_codes where person_id = $1 and code_sha256 = $2 returning person_id;

-- name: recovery_left
select count(*) from recovery_codes where person_id = $1;

-- name: take_away
update people set totp_sealed = null where id = $1 returning email;

-- name: offer
update half_sessions set new_totp_sealed = $2 where cookie_sha256 = $1;
