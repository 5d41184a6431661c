create table people (
    id bigint generated always as identity primary key,
    email text not null check (email = lower(email)),
    roles text[] not null check (
        cardinality(roles) > 0
        and roles <@ array['reviewer', 'officer', 'safeguarding_lead', 'administrator']
    ),
    password_hash text not null,
    created_at timestamptz not null default now(),
    left_at timestamptz,
    unique (email)
);

-- Only the sha256 of a session's cookie is kept: a copy of this table lets nobody in.
create table staff_sessions (
    cookie_sha256 bytea primary key,
    person_id bigint not null references people on delete cascade,
    started_at timestamptz not null default now(),
    ends_at timestamptz not null
);

-- Counted here and not in a process, so that all workers see the same count.
create table sign_in_failures (
    email_sha256 bytea not null,
    failed_at timestamptz not null default now()
);
create index sign_in_failures_by_email on sign_in_failures (email_sha256, failed_at);
