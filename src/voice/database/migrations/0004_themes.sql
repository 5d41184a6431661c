create table theme_runs (
    id bigint generated always as identity primary key,
    -- A survey's id, or the name of a family of surveys that share the question.
    asked_of text not null,
    question_id text not null,
    -- Null: all waves together.
    wave text,
    found_at timestamptz not null default now(),
    n_comments integer not null,
    n_empty integer not null,
    n_non_answers integer not null,
    n_not_themed integer not null,
    record jsonb not null
);
create unique index theme_runs_one_for_each_question
    on theme_runs (asked_of, question_id, coalesce(wave, ''));

create table suggested_themes (
    id bigint generated always as identity primary key,
    run_id bigint not null references theme_runs on delete cascade,
    place integer not null,
    name text not null,
    terms text[] not null,
    unique (run_id, place)
);

create table suggested_members (
    theme_id bigint not null references suggested_themes on delete cascade,
    response_id uuid not null,
    question_id text not null,
    score real not null,
    -- 1, 2, 3 for the quotes that stand for the theme; null for the rest.
    quote_place smallint,
    primary key (theme_id, response_id, question_id),
    foreign key (response_id, question_id) references redacted_comments on delete cascade
);
create index suggested_members_by_comment on suggested_members (response_id, question_id);

create table suggested_areas (
    theme_id bigint not null references suggested_themes on delete cascade,
    framework_id text not null,
    area_id text not null,
    score real not null check (score between 0 and 1),
    chosen boolean not null,
    primary key (theme_id, framework_id, area_id)
);
