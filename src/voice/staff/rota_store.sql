-- name: on_rota
-- Only people who may still read raw words, of every survey.
select r.place, p.id, p.email
from rota r
join people p on p.id = r.person_id
where p.left_at is null and 'safeguarding_lead' = any(p.roles) and p.surveys is null
order by r.place desc;

-- name: anybody
select exists (
    select from rota r
    join people p on p.id = r.person_id
    where p.left_at is null and 'safeguarding_lead' = any(p.roles) and p.surveys is null
);

-- name: could_be
select id, email
from people
where left_at is null and 'safeguarding_lead' = any(roles) and surveys is null
order by email;

-- name: put
insert into rota (place, person_id, set_by)
select $1, p.id, $3
from people p
where p.id = $2 and p.left_at is null and 'safeguarding_lead' = any(p.roles) and p.surveys is null
on conflict (place)
do update set person_id = excluded.person_id, set_by = excluded.set_by, set_at = now();

-- name: clear
delete from rota where place = $1;
