-- Evidence packs as they were frozen: canonical JSON, and its SHA-256 in hexadecimal. A pack is never
-- changed, but for quotes of people who took their answers back: these are taken out of it, how many is
-- counted, and the hash of the day it was frozen stays beside that of what is left. All of the content
-- can be taken out too. A copy that somebody holds can still be held against the first hash.
create table evidence_packs (
    id bigint generated always as identity primary key,
    layer text not null check (layer in ('public', 'confidential')),
    day date not null,
    content bytea,
    sha256 text not null,
    content_sha256 text not null,
    taken_back integer not null default 0,
    taken_back_on date,
    made_by bigint not null references people,
    made_at timestamptz not null default now(),
    withdrawn_on date,
    withdrawn_because text not null default '',
    withdrawn_by bigint references people,
    check (content is null or encode(sha256(content), 'hex') = content_sha256),
    check (taken_back > 0 or content_sha256 = sha256),
    check ((taken_back > 0) = (taken_back_on is not null)),
    check ((content is null) = (withdrawn_on is not null)),
    check ((withdrawn_on is null) = (withdrawn_because = ''))
);
create unique index evidence_packs_once on evidence_packs (sha256) where content is not null;
create function packs_stay() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' or (new.content is not null and new.taken_back <= old.taken_back)
        or (new.id, new.layer, new.day, new.sha256, new.made_by, new.made_at)
            is distinct from (old.id, old.layer, old.day, old.sha256, old.made_by, old.made_at)
    then
        raise exception 'an evidence pack is never changed' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger packs_stay before update or delete on evidence_packs
for each row execute function packs_stay();
create trigger packs_stay_all before truncate on evidence_packs
for each statement execute function never_changed();
