-- Who is asked. A group has codes; the database keeps none of them, only a bit for each that says
-- whether it was used, all bits of a group in one value: which codes were used shows, and not in which
-- order, nor when. Nothing here names a response, and no response names anything here.
create table invited_groups (
    id smallint generated always as identity (maxvalue 16383) primary key,
    survey_id text not null,
    kind text not null check (kind <> ''),
    name text not null check (name <> ''),
    seed bytea not null,
    codes smallint not null check (codes between 1 and 512),
    used bytea not null check (length(used) = 64),
    made_on date not null default current_date,
    ended_on date,
    unique (survey_id, kind, name)
);

-- Of how many groups of a kind we want to hear.
create table invited_wanted (
    survey_id text not null,
    kind text not null check (kind <> ''),
    wanted integer not null check (wanted > 0),
    primary key (survey_id, kind)
);

-- Surveys that not everybody may begin: only people with a code, or nobody any more.
create table survey_doors (
    survey_id text primary key,
    state text not null check (state in ('invited', 'closed')),
    since date not null default current_date
);

-- Tickets that were used, so that each begins one answer. No ticket is good for longer than two days.
create table used_tickets (
    hash bytea primary key,
    on_day date not null default current_date
);

alter table invited_groups enable row level security;
create policy seen on invited_groups using (may_see(survey_id)) with check (may_see(survey_id));
alter table invited_wanted enable row level security;
create policy seen on invited_wanted using (may_see(survey_id)) with check (may_see(survey_id));
