-- Surveys that staff write in the browser. Each saving is a new row with the whole of the survey's
-- files, and no row is ever changed: whatever stood there once can be brought back.
create table survey_drafts (
    survey_id text not null check (survey_id ~ '^[a-z][a-z0-9-]{0,59}$'),
    version integer not null check (version > 0),
    survey_toml text not null,
    -- Null: the survey's own words are its only words.
    easy_toml text,
    written_by bigint not null references people,
    written_at timestamptz not null default now(),
    primary key (survey_id, version)
);
create trigger survey_drafts_only_added_to before update or delete or truncate on survey_drafts
for each statement execute function never_changed();
