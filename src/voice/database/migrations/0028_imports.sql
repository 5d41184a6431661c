-- One row for each time that answers were brought in from a file: what came of it, who did it, when.
-- The file's name is not kept: people call files after people.
create table imports (
    id bigint generated always as identity primary key,
    survey_id text not null,
    wave text not null,
    tool text not null,
    n_new integer not null check (n_new >= 0),
    n_before integer not null check (n_before >= 0),
    n_rejected integer not null check (n_rejected >= 0),
    n_not_agreed integer not null check (n_not_agreed >= 0),
    -- Nobody where it was done at the command line; the audit says who that was.
    brought_by bigint references people,
    brought_at timestamptz not null default now(),
    undone_by bigint references people,
    undone_at timestamptz
);
create index imports_by_survey on imports (survey_id, wave);
alter table imports enable row level security;
create policy seen on imports using (may_see(survey_id)) with check (may_see(survey_id));

-- Which responses came with which file, so that an import can be undone.
create table import_members (
    response_id uuid primary key references responses on delete cascade,
    import_id bigint not null references imports
);
create index import_members_by_import on import_members (import_id);

-- A file that somebody is bringing in just now, sealed like the words of answers: nobody reads it from
-- the database without the master key. It goes when it was brought in, or a day after it came.
create table brought_files (
    id uuid primary key,
    brought_by bigint not null references people on delete cascade,
    survey_id text not null,
    wrapped bytea not null,
    -- The name of the file and how it is read; then the file, or the rows of it that were rejected.
    about_sealed bytea not null,
    file_sealed bytea not null,
    ends_at timestamptz not null default now() + interval '1 day'
);
create index brought_files_by_end on brought_files (ends_at);

-- As in 0021, but that the answers of each response are looked up one response after another. Right
-- after many came in, the planner knows too little of the table: it read all of it for every response
-- that was sent, until the database next looked at it by itself.
create or replace function count_sent(ids uuid[], d integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into response_counts as k (survey_id, wave, voice, helped, demo, slot, n)
    select survey_id, wave, voice, coalesce(helped, ''), route = 'demo', count_slot(), d * count(*)
    from unnest(ids) as i (id)
    join responses r on r.id = i.id
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5
    on conflict (survey_id, wave, voice, helped, demo, slot) do update set n = k.n + excluded.n;
    insert into choice_counts as k (survey_id, wave, voice, question_id, option, slot, n)
    select r.survey_id, r.wave, r.voice, a.question_id, a.value #>> '{}', count_slot(), d * count(*)
    from unnest(ids) as i (id)
    join responses r on r.id = i.id
    cross join lateral (select * from answers where response_id = i.id offset 0) a
    where a.state = 'answered' and not a.free_text
        and jsonb_typeof(a.value) in ('string', 'number')
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5
    on conflict (survey_id, question_id, wave, voice, option, slot)
    do update set n = k.n + excluded.n;
    if d < 0 then
        delete from words_waiting w using unnest(ids) as i (id) where w.response_id = i.id;
        return;
    end if;
    insert into words_waiting (response_id, question_id, survey_id)
    select r.id, a.question_id, r.survey_id
    from unnest(ids) as i (id)
    join responses r on r.id = i.id
    cross join lateral (select * from answers where response_id = i.id offset 0) a
    where a.free_text and a.state = 'answered'
        and not exists (
            select from redacted_comments c
            where c.response_id = a.response_id and c.question_id = a.question_id
        )
    on conflict do nothing;
end $$;
