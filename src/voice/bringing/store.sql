-- name: note_import
insert into imports (survey_id, wave, tool, n_new, n_before, n_rejected, n_not_agreed, brought_by)
values ($1, $2, $3, $4, $5, $6, $7, $8)
returning id;

-- name: note_members
insert into import_members (response_id, import_id) select id, $2 from unnest($1::uuid[]) as x (id);

-- name: past_imports
-- An import can be undone while no comment of it is in a theme that a person agreed to.
select
    i.id, i.survey_id, i.wave, i.tool, i.n_new, i.n_before, i.n_rejected, i.n_not_agreed,
    coalesce(p.email, '') as who, i.brought_at::date as day, i.undone_at is not null as undone,
    i.n_new > 0 and i.undone_at is null and not exists (
        select
        from import_members m
        join agreed_members a on a.response_id = m.response_id
        where m.import_id = i.id
    ) as can_undo
from imports i
left join people p on p.id = i.brought_by
order by i.id desc
limit 100;

-- name: hold_import
select survey_id, wave from imports where id = $1 and undone_at is null for update;

-- name: members_of
select response_id from import_members where import_id = $1;

-- name: in_themes
select exists (select from agreed_members where response_id = any($1));

-- name: note_undone
update imports set undone_at = now(), undone_by = $2 where id = $1;

-- name: refs_there
select source_ref from responses where survey_id = $1 and wave = $2 and source_ref = any($3);

-- name: ids_of
select id from responses where survey_id = $1 and wave = $2 and sent_at is not null;

-- name: keep_file
insert into brought_files (id, brought_by, survey_id, wrapped, about_sealed, file_sealed)
values ($1, $2, $3, $4, $5, $6);

-- name: file_of
select survey_id, wrapped, about_sealed, file_sealed
from brought_files
where id = $1 and brought_by = $2 and ends_at > now();

-- name: hold_file
-- Two presses of one button: the second waits here, and then finds the file brought in.
select id from brought_files where id = $1 and brought_by = $2 for update;

-- name: key_of
select wrapped from brought_files where id = $1 and brought_by = $2;

-- name: keep_about
update brought_files set about_sealed = $3 where id = $1 and brought_by = $2;

-- name: keep_rejected
update brought_files set file_sealed = $3, about_sealed = $4 where id = $1 and brought_by = $2;

-- name: forget_file
delete from brought_files where id = $1 and brought_by = $2;

-- name: forget_old_files
delete from brought_files where ends_at <= now();
