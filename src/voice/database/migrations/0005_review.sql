-- What people decided, only ever added to. The machine never writes here.
create table decisions (
    id bigint generated always as identity primary key,
    asked_of text not null,
    question_id text not null,
    kind text not null check (
        kind in ('agree', 'merge', 'split', 'refuse', 'rename', 'areas', 'withdraw')
    ),
    -- The suggestions and agreed themes it was about, and what came of it.
    suggestion_ids bigint[] not null default '{}',
    theme_ids bigint[] not null default '{}',
    made_theme_ids bigint[] not null default '{}',
    reason text not null default '',
    details jsonb not null default '{}',
    decided_by bigint not null references people,
    decided_at timestamptz not null default now()
);
create index decisions_by_question on decisions (asked_of, question_id, decided_at);
create index decisions_by_suggestion on decisions using gin (suggestion_ids);

create table agreed_themes (
    id bigint generated always as identity primary key,
    asked_of text not null,
    question_id text not null,
    name text not null check (name <> ''),
    -- Counts up with each change, so that two people at once cannot undo each other unseen.
    version integer not null default 1,
    agreed_at timestamptz not null default now(),
    agreed_by bigint not null references people,
    -- Set when it was merged, split or taken back: it is kept, and no longer shown.
    ended_at timestamptz
);
create index agreed_themes_by_question on agreed_themes (asked_of, question_id);

create table agreed_members (
    theme_id bigint not null references agreed_themes on delete cascade,
    response_id uuid not null,
    question_id text not null,
    score real not null,
    quote_place smallint,
    primary key (theme_id, response_id, question_id),
    foreign key (response_id, question_id) references redacted_comments on delete cascade
);
create index agreed_members_by_comment on agreed_members (response_id, question_id);

create table agreed_areas (
    theme_id bigint not null references agreed_themes on delete cascade,
    framework_id text not null,
    area_id text not null,
    primary key (theme_id, framework_id, area_id)
);
