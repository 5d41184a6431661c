-- Clips that read pages aloud. They are kept here, not in files: every web process of every machine
-- finds them, a backup holds them, and nobody hears half of a publication.
create table clips (
    -- The SHA-256 of words, language, voice and engine. It stands in the clip's address, so a clip
    -- never changes under its address.
    key text primary key check (key ~ '^[0-9a-f]{64}$'),
    words text not null check (words <> ''),
    language text not null,
    source text not null check (source in ('recording', 'neural', 'espeak')),
    -- Who reads: a person as the record names them, or a machine's voice.
    voice text not null,
    engine text not null,
    seconds real not null check (seconds > 0.5),
    cpu_seconds real not null,
    opus bytea not null check (octet_length(opus) between 1 and 40000),
    mp3 bytea not null check (octet_length(mp3) between 1 and 40000),
    -- What the bytes were when they were made: a clip that differs is not served.
    opus_sha256 text not null,
    mp3_sha256 text not null,
    made_at timestamptz not null default now()
);
-- Sound is pressed already; do not try again.
alter table clips alter column opus set storage external, alter column mp3 set storage external;

-- Which clip is heard where. `wording` is empty for a survey's own words.
create table published_clips (
    survey_id text not null,
    wording text not null,
    place text not null,
    key text not null references clips,
    primary key (survey_id, wording, place)
);
create index published_clips_by_key on published_clips (key);
