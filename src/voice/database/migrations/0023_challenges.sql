-- A challenge: a dated question of the reviewers about a theme, an area or a pledge, which the
-- officers must answer. Each saving is a new row, and no row is ever changed: the newest version
-- counts, the others are its history.
create table challenges (
    id bigint generated always as identity primary key,
    number integer not null,
    version integer not null,
    -- What it is about: one of the three.
    theme_id bigint references agreed_themes,
    framework_id text,
    area_id text,
    pledge_number integer,
    pledge_version integer,
    words text not null check (words <> ''),
    easy_words text not null check (easy_words <> ''),
    -- Why the public may not read it; empty: everybody may.
    confidential_because text not null default '',
    put_on date not null,
    -- Whom the writer spoke for at that time.
    organisation text not null,
    written_by bigint not null references people,
    written_at timestamptz not null default now(),
    unique (number, version),
    foreign key (pledge_number, pledge_version) references pledges (number, version),
    check (num_nonnulls(theme_id, area_id, pledge_number) = 1),
    check ((framework_id is null) = (area_id is null)),
    check ((pledge_number is null) = (pledge_version is null))
);
create sequence challenge_numbers owned by challenges.number;

create table challenge_answers (
    id bigint generated always as identity primary key,
    number integer not null,
    version integer not null,
    -- The version of the challenge that it answers.
    challenge_version integer not null,
    words text not null check (words <> ''),
    easy_words text not null check (easy_words <> ''),
    confidential_because text not null default '',
    answered_on date not null,
    organisation text not null,
    written_by bigint not null references people,
    written_at timestamptz not null default now(),
    unique (number, version),
    foreign key (number, challenge_version) references challenges (number, version)
);

create trigger challenges_only_added_to before update or delete or truncate on challenges
for each statement execute function never_changed();
create trigger challenge_answers_only_added_to
before update or delete or truncate on challenge_answers
for each statement execute function never_changed();

-- Who may not see the theme or the pledge sees no challenge about it; areas belong to everybody.
alter table challenges enable row level security;
create policy seen on challenges
    using (
        (theme_id is null or exists (select from agreed_themes t where t.id = theme_id))
        and (
            pledge_number is null
            or exists (select from pledges p where p.number = pledge_number)
        )
    )
    with check (
        (theme_id is null or exists (select from agreed_themes t where t.id = theme_id))
        and (
            pledge_number is null
            or exists (select from pledges p where p.number = pledge_number)
        )
    );
alter table challenge_answers enable row level security;
create policy seen on challenge_answers
    using (exists (select from challenges c where c.number = challenge_answers.number))
    with check (exists (select from challenges c where c.number = challenge_answers.number));
