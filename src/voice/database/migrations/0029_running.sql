-- What whoever runs Voice must know: that a worker lives, and what a restored backup must forget again.

-- One row for each worker: when it last said that it lives.
create table signs_of_life (
    worker text primary key,
    at timestamptz not null default now()
);

-- A backup holds answers that were taken back after it was made. These rows outlive it, apart from it,
-- and whoever restores it has them removed again. A hash, so that the row itself points at nobody.
create table gone_responses (
    sha256 bytea primary key,
    at timestamptz not null default now()
);

-- Whoever may remove a response need not see what was removed before.
create function keep_gone_responses() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into gone_responses (sha256)
    select sha256(uuid_send(id)) from gone
    on conflict do nothing;
    return null;
end $$;
create trigger keep_gone_responses after delete on responses
referencing old table as gone for each statement execute function keep_gone_responses();
