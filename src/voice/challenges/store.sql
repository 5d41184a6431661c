-- name: lock_challenge
-- One saving of a challenge or its answer at a time: rows that never change cannot be locked.
select pg_advisory_xact_lock(841051, $1);

-- name: newest
select
    (select max(version) from challenges where number = $1) as version,
    (select coalesce(max(version), 0) from challenge_answers where number = $1) as answer_version;

-- name: same_challenge
select c.number
from challenges c
where c.version = 1 and c.put_on = $1 and c.words = $2 and c.written_by = $3
    and c.theme_id is not distinct from $4 and c.area_id is not distinct from $5
    and c.pledge_number is not distinct from $6
order by c.number
limit 1;

-- name: theme_in_use
select id from agreed_themes where id = $1 and ended_at is null;

-- name: pledge_now
select version from pledges where number = $1 and superseded_at is null;

-- name: new_number
select nextval('challenge_numbers')::integer;

-- name: save
insert into challenges (
    number, version, theme_id, framework_id, area_id, pledge_number, pledge_version,
    words, easy_words, confidential_because, put_on, organisation, written_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: save_again
insert into challenges (
    number, version, theme_id, framework_id, area_id, pledge_number, pledge_version,
    words, easy_words, confidential_because, put_on, organisation, written_by
)
select
    number, version + 1, theme_id, framework_id, area_id, pledge_number, pledge_version,
    $3, $4, $5, put_on, organisation, $6
from challenges
where number = $1 and version = $2;

-- name: save_answer
insert into challenge_answers (
    number, version, challenge_version, words, easy_words, confidential_because, answered_on,
    organisation, written_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: organisation_of
select organisation from people where id = $1;

-- name: current
-- The newest version of each challenge beside that of its answer, and the name of what it is about.
select
    c.number, c.version, c.theme_id, c.framework_id, c.area_id, c.pledge_number, c.words,
    c.easy_words, c.confidential_because, c.put_on, c.organisation,
    t.name as theme, p.easy_said as pledge, coalesce(p.published and exists (
        select from agreed_themes pt where pt.id = p.theme_id and pt.ended_at is null
    ), false) as pledge_public,
    a.version as answer_version, a.words as answer_words, a.easy_words as answer_easy_words,
    a.confidential_because as answer_confidential_because, a.organisation as answer_organisation,
    f.first_on as answered_on,
    exists (
        select from member_counts k
        where k.theme_id = coalesce(c.theme_id, p.theme_id) and k.demo and k.n > 0
    ) as demo
from challenges c
left join agreed_themes t on t.id = c.theme_id and t.ended_at is null
left join pledges p on p.number = c.pledge_number and p.superseded_at is null
left join lateral (
    select * from challenge_answers a where a.number = c.number order by a.version desc limit 1
) a on true
left join lateral (
    select min(answered_on) as first_on from challenge_answers f where f.number = c.number
) f on true
where c.version = (select max(n.version) from challenges n where n.number = c.number)
    and ($1::integer is null or c.number = $1)
order by c.put_on desc, c.number desc;

-- name: writers
select written_by from challenges where number = $1;

-- name: history
select version, false as is_answer, words, easy_words, confidential_because, c.organisation,
    written_at, w.email as writer
from challenges c join people w on w.id = c.written_by
where number = $1
union all
select version, true, words, easy_words, confidential_because, a.organisation, written_at, w.email
from challenge_answers a join people w on w.id = a.written_by
where number = $1
order by written_at desc, is_answer desc, version desc;

-- name: themes_and_pledges
select 'theme' as kind, id::text as key, name as words from agreed_themes where ended_at is null
union all
select 'pledge', number::text, easy_said from pledges where superseded_at is null
order by 1, 3;
