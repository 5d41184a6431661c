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
