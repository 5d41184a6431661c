-- name: keep_members
-- A comment that was withdrawn in the meantime is left out, and none can go while we write.
insert into agreed_members (
    theme_id, response_id, question_id, score, quote_place, in_part, publishable, by_hand
)
select $1, c.response_id, c.question_id, x.score, x.quote_place, x.in_part, x.publishable, x.by_hand
from unnest($3::uuid[], $4::real[], $5::smallint[], $6::boolean[], $7::boolean[], $8::boolean[])
    as x (response_id, score, quote_place, in_part, publishable, by_hand)
join redacted_comments c on c.response_id = x.response_id and c.question_id = $2
for key share of c
on conflict (theme_id, response_id, question_id) do nothing
returning response_id;

-- name: note_members
-- What a decision did to comments of a theme, as they are there: before one is taken out, after one is
-- put in or marked.
insert into decision_members
select $1, m.theme_id, m.response_id, m.question_id, $4, m.score, m.quote_place, m.in_part,
    m.publishable, m.by_hand
from agreed_members m
where m.theme_id = $2 and m.response_id = any($3::uuid[]);

-- name: remove_members
delete from agreed_members where theme_id = $1 and response_id = any($2::uuid[]);

-- name: mark_members
update agreed_members set publishable = $3 where theme_id = $1 and response_id = any($2::uuid[]);

-- name: keep_first
-- The machine put these comments together, and people took that as a theme.
insert into first_members (theme_id, response_id, question_id, decision_id)
select m.theme_id, m.response_id, m.question_id, $1
from agreed_members m
where m.theme_id = $2 and m.response_id = any($3::uuid[])
on conflict (theme_id, response_id, question_id) do nothing;

-- name: hand_on_first
-- A theme becomes another one, or two: so does where the machine put its comments. The first of two parts
-- takes all but those of the second ($4); the second takes what is left.
insert into first_members (theme_id, response_id, question_id, decision_id)
select $2, f.response_id, f.question_id, $1
from first_members f
where f.theme_id = any($3::bigint[]) and not f.response_id = any($4::uuid[])
    and not exists (
        select from first_members d
        where d.decision_id = $1 and d.response_id = f.response_id
    )
on conflict (theme_id, response_id, question_id) do nothing;

-- name: keep_read
insert into read_comments (asked_of, question_id, response_id, decision_id)
select $1, c.question_id, c.response_id, $4
from redacted_comments c
where c.question_id = $2 and c.response_id = $3
on conflict (asked_of, question_id, response_id) do update set decision_id = excluded.decision_id;

-- name: keep_offered
-- The machine offers the comment to agreed themes, and nobody has said yes or no: that is its word too.
insert into first_members (theme_id, response_id, question_id, decision_id)
select distinct s.for_theme, m.response_id, m.question_id, $1::bigint
from suggested_members m
join suggested_themes s on s.id = m.theme_id
join agreed_themes t on t.id = s.for_theme
where m.response_id = $4 and m.question_id = $3 and t.asked_of = $2 and t.question_id = $3
on conflict (theme_id, response_id, question_id) do nothing;

-- name: forget_first
delete from first_members where decision_id = $1;

-- name: forget_read
delete from read_comments where decision_id = $1;
