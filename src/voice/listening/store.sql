-- name: keep
-- A clip whose bytes were changed is put right; any other stays as it is.
insert into clips (
    key, words, language, source, voice, engine, seconds, cpu_seconds, opus, mp3,
    opus_sha256, mp3_sha256
)
values (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
    encode(sha256($9), 'hex'), encode(sha256($10), 'hex')
)
on conflict (key) do update
set opus = excluded.opus, mp3 = excluded.mp3,
    opus_sha256 = excluded.opus_sha256, mp3_sha256 = excluded.mp3_sha256;

-- name: whole_among
-- A clip that cannot be trusted counts as missing, so that it is made again.
select key
from clips
where key = any($1)
    and encode(sha256(opus), 'hex') = opus_sha256
    and encode(sha256(mp3), 'hex') = mp3_sha256;

-- name: published
select
    p.wording, p.place, c.key, c.words, c.language, c.source, c.voice, c.engine,
    c.seconds, c.cpu_seconds,
    octet_length(c.opus) as opus_bytes, octet_length(c.mp3) as mp3_bytes,
    encode(sha256(c.opus), 'hex') = c.opus_sha256
        and encode(sha256(c.mp3), 'hex') = c.mp3_sha256 as whole
from published_clips p
join clips c using (key)
where p.survey_id = $1
order by p.wording, p.place;

-- name: take_away
delete from published_clips where survey_id = $1;

-- name: publish
insert into published_clips (survey_id, wording, place, key) values ($1, $2, $3, $4);

-- name: forget_unused
delete from clips where not exists (select from published_clips p where p.key = clips.key);

-- name: key_at
select c.key
from published_clips p
join clips c using (key)
where p.survey_id = $1 and p.wording = $2 and p.place = $3 and c.words = $4 and c.language = $5;

-- name: opus
select opus as bytes, opus_sha256 as sha256, words, language from clips where key = $1;

-- name: mp3
select mp3 as bytes, mp3_sha256 as sha256, words, language from clips where key = $1;

-- name: places_of
select survey_id, wording, place from published_clips where key = $1 order by 1, 2, 3;
