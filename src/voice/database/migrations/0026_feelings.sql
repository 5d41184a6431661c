-- How the machine heard each comment: 1 praise, -1 complaint, 0 both, neither or not clear; null until
-- it has been heard. Counted with the agreed theme that the comment is in, so that praise and complaint
-- stay with the theme whatever becomes of the suggestion it was made of.
alter table redacted_comments add column feeling smallint check (feeling in (-1, 0, 1));
create index redacted_comments_not_heard on redacted_comments (response_id, question_id)
where feeling is null and vector is not null;

create table feeling_counts (
    theme_id bigint not null references agreed_themes on delete cascade,
    feeling smallint not null,
    n bigint not null,
    primary key (theme_id, feeling)
);
alter table feeling_counts enable row level security;
create policy seen on feeling_counts using (exists (select from agreed_themes t where t.id = theme_id));

-- Adds `d` for each of these rows of agreed_members, as a whole in its theme. The names of the triggers
-- begin with f, so that they come after those of 0021 and hold what these hold already.
create function count_feelings(members agreed_members[], d integer) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into feeling_counts as k (theme_id, feeling, n)
    select m.theme_id, c.feeling, d * count(*)
    from unnest(members) m
    join agreed_themes t on t.id = m.theme_id
    join redacted_comments c on c.response_id = m.response_id and c.question_id = m.question_id
    where not m.in_part and c.feeling is not null
    group by 1, 2
    order by 1, 2
    on conflict (theme_id, feeling) do update set n = k.n + excluded.n
$$;

create function feel_new_members() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform count_feelings(array(select row(n.*)::agreed_members from new_rows n), 1);
    return null;
end $$;
create trigger feel_new_members after insert on agreed_members
referencing new table as new_rows for each statement execute function feel_new_members();

create function feel_lost_members() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform count_feelings(array(select row(o.*)::agreed_members from old_rows o), -1);
    return null;
end $$;
create trigger feel_lost_members after delete on agreed_members
referencing old table as old_rows for each statement execute function feel_lost_members();

-- Before a response or one comment of it is deleted: afterwards nothing tells how it was heard.
create function feel_lost_response() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform count_feelings(
        array(select row(m.*)::agreed_members from agreed_members m where m.response_id = old.id), -1
    );
    return old;
end $$;
create trigger unfeel_response before delete on responses
for each row when (old.sent_at is not null) execute function feel_lost_response();

create function feel_lost_comment() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from responses where id = old.response_id) then
        perform count_feelings(
            array(
                select row(m.*)::agreed_members
                from agreed_members m
                where m.response_id = old.response_id and m.question_id = old.question_id
            ),
            -1
        );
    end if;
    return old;
end $$;
create trigger unfeel_comment before delete on redacted_comments
for each row execute function feel_lost_comment();

-- A comment is heard after it was kept, or again where words were taken out.
create function feel_heard_comments() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (
        select response_id, question_id, feeling from new_rows
        except select response_id, question_id, feeling from old_rows
    ) then
        return null;
    end if;
    perform hold_themed(asked_of, question_id)
    from (
        select distinct t.asked_of, t.question_id
        from new_rows c
        join agreed_members m on m.response_id = c.response_id and m.question_id = c.question_id
        join agreed_themes t on t.id = m.theme_id
        order by 1, 2
    ) each;
    insert into feeling_counts as k (theme_id, feeling, n)
    select m.theme_id, c.feeling, sum(c.d)
    from (
        select response_id, question_id, feeling, 1 as d from new_rows
        union all
        select response_id, question_id, feeling, -1 from old_rows
    ) c
    join agreed_members m on m.response_id = c.response_id and m.question_id = c.question_id
    where not m.in_part and c.feeling is not null
    group by 1, 2
    having sum(c.d) <> 0
    order by 1, 2
    on conflict (theme_id, feeling) do update set n = k.n + excluded.n;
    return null;
end $$;
create trigger feel_heard_comments after update on redacted_comments
referencing old table as old_rows new table as new_rows
for each statement execute function feel_heard_comments();

-- Only triggers count. What is there already is heard by the worker, before it next finds themes.
revoke execute on function count_feelings from public;
