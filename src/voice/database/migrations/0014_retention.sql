-- Which daily job has been queued on which day: whoever writes the row first queues it.
create table daily_jobs (
    name text not null,
    day date not null,
    primary key (name, day)
);

-- Words that must be kept beyond their time, say for a court. A hold is lifted, never deleted.
create table legal_holds (
    id bigint generated always as identity primary key,
    survey_id text not null,
    -- Null: every wave.
    wave text,
    reason text not null check (reason <> ''),
    since timestamptz not null default now(),
    lifted_at timestamptz
);

-- What retention did: how many, never whose.
create table retention_runs (
    id bigint generated always as identity primary key,
    ran_at timestamptz not null default now(),
    removed jsonb not null
);
