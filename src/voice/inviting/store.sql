-- name: groups
select id, survey_id, kind, name, codes, bit_count(used) as used, made_on, ended_on
from invited_groups
where survey_id = $1
order by kind, name, id;

-- name: group
select id, survey_id, kind, name, codes, bit_count(used) as used, made_on, ended_on
from invited_groups
where id = $1;

-- name: secret
-- What it takes to make the codes of a group again, and which of them were used.
select seed, used
from invited_groups
where id = $1 and ended_on is null;

-- name: secrets
-- The same of many groups at once.
select id, seed, used
from invited_groups
where id = any($1) and ended_on is null;

-- name: make
insert into invited_groups (survey_id, kind, name, seed, codes, used)
values ($1, $2, $3, $4, $5, decode(repeat('00', 64), 'hex'))
on conflict do nothing
returning id;

-- name: end_group
update invited_groups set ended_on = current_date where id = $1 and ended_on is null returning id;

-- name: use
update invited_groups
set used = set_bit(used, $2, 1)
where id = $1 and ended_on is null and $2 < codes and get_bit(used, $2) = 0
returning survey_id;

-- name: is_used
select get_bit(used, $2) = 1 from invited_groups where id = $1 and ended_on is null and $2 < codes;

-- name: wanted
select kind, wanted from invited_wanted where survey_id = $1;

-- name: want
insert into invited_wanted (survey_id, kind, wanted)
values ($1, $2, $3)
on conflict (survey_id, kind) do update set wanted = excluded.wanted;

-- name: door
select state from survey_doors where survey_id = $1;

-- name: closed
select survey_id from survey_doors where state = 'closed';

-- name: set_door
insert into survey_doors (survey_id, state) values ($1, $2)
on conflict (survey_id) do update set state = excluded.state, since = current_date
where survey_doors.state <> excluded.state;

-- name: open_door
delete from survey_doors where survey_id = $1;

-- name: use_ticket
insert into used_tickets (hash) values ($1) on conflict do nothing returning true;

-- name: forget_tickets
delete from used_tickets where on_day < current_date - 3;
