-- The second factor. Its secret is sealed with the secret key; a step of the clock counts once.
alter table people
add column totp_sealed bytea,
add column totp_last_step bigint not null default 0,
-- The surveys whose answers and themes this person may see; null for all.
add column surveys text[],
-- Whom the person speaks for, shown beside the name: “HPCI”, “Hertfordshire County Council”.
add column organisation text not null default '',
-- Who signs in by OpenID Connect only has no password of ours.
alter column password_hash drop not null;

create table recovery_codes (
    person_id bigint not null references people on delete cascade,
    code_sha256 bytea not null,
    primary key (person_id, code_sha256)
);

-- The password was right and the code is still missing. No page accepts this cookie but the next one.
create table half_sessions (
    cookie_sha256 bytea primary key,
    person_id bigint not null references people on delete cascade,
    wanted text not null,
    -- A secret that is being set up, until its first code is right.
    new_totp_sealed bytea,
    ends_at timestamptz not null
);

alter table staff_sessions
add column id bigint generated always as identity,
add column seen_at timestamptz not null default now(),
-- “Firefox on Windows”: enough to know one’s own devices by, no more.
add column device text not null default '',
-- When somebody last proved who they are: asked again before the second factor is changed.
add column proved_at timestamptz not null default now();

-- A link that lets one person in, once. Only the sha256 of what stands in it is kept.
create table invitations (
    token_sha256 bytea primary key,
    email text not null check (email = lower(email)),
    roles text[] not null,
    surveys text[],
    organisation text not null default '',
    invited_by bigint references people,
    ends_at timestamptz not null,
    used_at timestamptz
);

-- How often something was tried lately; counted here, so that all workers see the same count.
-- `who` is a keyed hash that nobody can turn back; rows go after a day.
create table tries (
    what text not null,
    who bytea not null,
    at timestamptz not null default now()
);
create index tries_lately on tries (what, who, at);
drop table sign_in_failures;

-- Between leaving for another sign-in service and coming back from it.
create table oidc_journeys (
    state_sha256 bytea primary key,
    nonce text not null,
    verifier text not null,
    wanted text not null,
    ends_at timestamptz not null
);

-- Who did what, only ever added to; each row holds the hash of the one before.
create table audit (
    id bigint primary key,
    at timestamptz not null,
    -- Empty where nobody is signed in, or a command did it.
    who text not null,
    did text not null,
    about text not null,
    before_sha256 bytea not null,
    sha256 bytea not null unique
);
create function never_changed() returns trigger language plpgsql as $$
begin
    raise exception 'the % is only ever added to', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_only_added_to before update or delete or truncate on audit
for each statement execute function never_changed();

-- What a member of staff may see, held by the database itself: `voice.surveys` names the surveys and
-- families of whoever is signed in, for one transaction. Where it is not set, nothing is hidden: the
-- public pages show only what may be published, and the worker works for everybody.
create function may_see(asked_of text) returns boolean language sql stable as $$
    select coalesce(current_setting('voice.surveys', true), '') = ''
        or asked_of = any(string_to_array(current_setting('voice.surveys', true), ','))
$$;
alter table responses enable row level security;
create policy seen on responses using (may_see(survey_id)) with check (may_see(survey_id));
alter table theme_runs enable row level security;
create policy seen on theme_runs using (may_see(asked_of)) with check (may_see(asked_of));
alter table agreed_themes enable row level security;
create policy seen on agreed_themes using (may_see(asked_of)) with check (may_see(asked_of));
alter table decisions enable row level security;
create policy seen on decisions using (may_see(asked_of)) with check (may_see(asked_of));
alter table suggested_themes enable row level security;
create policy seen on suggested_themes
    using (exists (select from theme_runs n where n.id = run_id))
    with check (exists (select from theme_runs n where n.id = run_id));
alter table pledges enable row level security;
create policy seen on pledges
    using (exists (select from agreed_themes t where t.id = theme_id))
    with check (exists (select from agreed_themes t where t.id = theme_id));
