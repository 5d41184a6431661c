-- Every saving of a pledge is a new row: nothing is deleted, only superseded.
create table pledges (
    id bigint generated always as identity primary key,
    -- The same for all versions of one pledge; it stands in addresses and exports.
    number integer not null,
    version integer not null,
    theme_id bigint not null references agreed_themes,
    status text not null check (status in ('did', 'doing', 'could_not')),
    -- What people said, in easy words: a theme's name is seldom easy.
    easy_said text not null check (easy_said <> ''),
    words text not null check (words <> ''),
    easy_words text not null check (easy_words <> ''),
    because text not null default '',
    easy_because text not null default '',
    -- A role and an organisation, never a person.
    owner_role text not null check (owner_role <> ''),
    owner_organisation text not null check (owner_organisation <> ''),
    -- The day it was done, is due, or was decided against.
    on_day date not null,
    published boolean not null,
    written_by bigint not null references people,
    written_at timestamptz not null default now(),
    superseded_at timestamptz,
    unique (number, version),
    check (status <> 'could_not' or (because <> '' and easy_because <> ''))
);
create unique index pledges_one_current on pledges (number) where superseded_at is null;
create sequence pledge_numbers owned by pledges.number;
