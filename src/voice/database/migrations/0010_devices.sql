-- A device makes the key of a response before it asks anybody, so that it can begin and answer without
-- a connection, and say the same thing twice without doubling it. A row whose response is gone stays:
-- what such a device sends late must not bring back what was taken back.
create table device_responses (
    key_sha256 bytea primary key check (octet_length(key_sha256) = 32),
    response_id uuid references responses on delete set null
);
create index device_responses_by_response on device_responses (response_id);

-- When an answer was given, in milliseconds since 1970 by the device’s clock, set by ours; never twice
-- the same on one device. An answer that was given earlier and comes later changes nothing.
alter table answers add column turn bigint not null default 0;
