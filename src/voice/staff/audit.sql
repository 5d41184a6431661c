-- name: lock
-- One after the other: each row holds the hash of the one before.
select pg_advisory_xact_lock(8410511907);

-- name: last
select id, sha256 from audit order by id desc limit 1;

-- name: add
insert into audit (id, at, who, did, about, before_sha256, sha256)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: address_of
select email from people where id = $1;

-- name: rows
select id, at, who, did, about, before_sha256, sha256 from audit where id > $1 order by id limit $2;

-- name: lately
select id, at, who, did, about from audit order by id desc limit $1;
