-- The key of a response, wrapped by the master key, which is not in the database. Without this row
-- nobody can read what the person wrote in their own words.
create table response_keys (
    response_id uuid primary key references responses on delete cascade,
    -- The first 8 bytes name the master key that wrapped it.
    wrapped bytea not null check (octet_length(wrapped) = 8 + 12 + 32 + 16)
);
create index response_keys_by_master on response_keys (substring(wrapped from 1 for 8));

-- Free text is kept sealed. `voice migrate` seals what was there before; the last check holds for
-- every row that is written from now on.
alter table answers
    add column sealed bytea,
    drop constraint answers_check,
    drop constraint answers_check1,
    add constraint answers_say_something
        check (state <> 'answered' or value is not null or sealed is not null),
    add constraint answers_say_nothing
        check (state not in ('skipped', 'dont_know') or (value is null and sealed is null)),
    add constraint answers_free_text_is_sealed check (not free_text or value is null) not valid;
