create table responses (
    id uuid primary key default gen_random_uuid(),
    survey_id text not null,
    wave text not null,
    voice text not null check (voice in ('child', 'young_person', 'parent', 'practitioner')),
    route text not null check (route in ('web', 'paper', 'import', 'demo')),
    wording text not null default '',
    helped text check (helped in ('alone', 'read', 'said', 'answered')),
    may_quote boolean not null default false,
    -- Who comes back is known by a cookie, of which only the sha256 is kept.
    cookie_sha256 bytea unique,
    -- An imported row's own id, so that the same row is never kept twice.
    source_ref text,
    -- A day, not a time: the hour could point at one person.
    started_on date not null default current_date,
    sent_at timestamptz,
    -- A keyed hash of the three words that belong to it: to come back with, or to take it back.
    code_hash bytea unique,
    code_try smallint not null default 0,
    unique (survey_id, wave, source_ref)
);
create index responses_by_survey on responses (survey_id, wave) where sent_at is not null;

create table answers (
    response_id uuid not null references responses on delete cascade,
    question_id text not null,
    state text not null check (state in ('answered', 'skipped', 'dont_know', 'not_shown')),
    value jsonb,
    free_text boolean not null,
    answered_at timestamptz not null default now(),
    primary key (response_id, question_id),
    check (state <> 'answered' or value is not null),
    check (state not in ('skipped', 'dont_know') or value is null)
);

-- Wrong words, counted where all workers see them, so that nobody can try millions.
create table code_failures (
    failed_at timestamptz not null default now()
);
create index code_failures_by_time on code_failures (failed_at);
