-- name: lately
select count(*) from tries where what = $1 and who = $2 and at > now() - $3::interval;

-- name: note
insert into tries (what, who) values ($1, $2);

-- name: forget
delete from tries where what = $1 and who = $2;

-- name: forget_old
delete from tries where at < now() - interval '1 day';
