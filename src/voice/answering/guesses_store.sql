-- name: note_wrong
insert into code_failures default values;

-- name: wrong_lately
select count(*) from code_failures where failed_at > now() - $1::interval;

-- name: forget_wrong
delete from code_failures where failed_at < now() - interval '1 hour';
