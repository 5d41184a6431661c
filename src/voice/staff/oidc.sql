-- name: begin
insert into oidc_journeys (state_sha256, nonce, verifier, wanted, ends_at)
values ($1, $2, $3, $4, now() + interval '10 minutes');

-- name: forget_old
delete from oidc_journeys where ends_at <= now();

-- name: come_back
-- Once: whoever comes with the same state again finds nothing.
delete from oidc_journeys where state_sha256 = $1 and ends_at > now()
returning nonce, verifier, wanted;
