-- Who reads answers in words: without anybody here, people are not asked for words at all.
create table rota (
    place text primary key check (place in ('lead', 'deputy')),
    person_id bigint not null references people on delete cascade,
    set_by bigint references people,
    set_at timestamptz not null default now()
);

-- What was done about an answer is only ever added to. When a response is withdrawn, the line of
-- the log stays, without anything that leads to the person: who acted, what, and when.
alter table flag_actions alter column response_id drop not null;
alter table flag_actions drop constraint flag_actions_response_id_fkey;
alter table flag_actions add constraint flag_actions_response_id_fkey
    foreign key (response_id) references responses on delete set null;

create function keep_flag_actions() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE'
        and old.response_id is not null
        and new.response_id is null
        and not exists (select from responses where id = old.response_id)
    then
        new := old;
        new.response_id := null;
        new.question_id := '';
        new.reference := case when old.reference = '' then '' else '[withdrawn]' end;
        return new;
    end if;
    raise exception 'flag_actions is only ever added to';
end
$$;
create trigger flag_actions_only_added before update or delete on flag_actions
    for each row execute function keep_flag_actions();

-- Which overdue answers an alarm has gone out for, and on which day: one mail a day.
create table overdue_alarms (
    response_id uuid not null references responses on delete cascade,
    question_id text not null,
    day date not null,
    primary key (response_id, question_id, day)
);

-- “I want someone to contact me”: by itself, with nothing that leads to any answer. A day, not a
-- time, and ids drawn by chance, so that neither tells whose answers came just before.
create table contact_requests (
    id uuid primary key default gen_random_uuid(),
    survey_id text not null,
    name text not null,
    reach text not null,
    came_on date not null default current_date,
    done_on date,
    done_by bigint references people
);
