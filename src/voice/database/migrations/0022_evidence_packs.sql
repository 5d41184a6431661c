-- Evidence packs as they were frozen: canonical JSON, and its SHA-256 in hexadecimal. Nothing of a
-- pack is ever changed. Its content alone can be taken out, as when words in it must go: the hash
-- stays, so that a copy that somebody holds can still be held against it.
create table evidence_packs (
    id bigint generated always as identity primary key,
    layer text not null check (layer in ('public', 'confidential')),
    day date not null,
    content bytea,
    sha256 text not null,
    made_by bigint not null references people,
    made_at timestamptz not null default now(),
    withdrawn_on date,
    withdrawn_because text not null default '',
    withdrawn_by bigint references people,
    check (content is null or encode(sha256(content), 'hex') = sha256),
    check ((content is null) = (withdrawn_on is not null)),
    check ((withdrawn_on is null) = (withdrawn_because = ''))
);
create unique index evidence_packs_once on evidence_packs (sha256) where content is not null;
create function packs_stay() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' or new.content is not null
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
