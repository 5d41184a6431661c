-- name: gone
-- What was taken back or removed since backups began to matter: hashes of the ids of responses.
select sha256 from gone_responses order by at;

-- name: gone_is_kept
select to_regclass('gone_responses') is not null;

-- name: keep_gone
insert into gone_responses (sha256)
select one from unnest($1::bytea[]) as one
on conflict do nothing;

-- name: remove_again
delete from responses r
where sha256(uuid_send(r.id)) = any($1)
returning survey_id, wave;

-- name: end_sessions
-- Who was signed in when the backup was made need not be allowed in today.
with sessions as (delete from staff_sessions),
    halves as (delete from half_sessions),
    journeys as (delete from oidc_journeys)
delete from invitations;
