-- name: answered
-- Everybody who sent answers, and whether any of them were made up.
select wave, voice, helped, count(*) as n, bool_or(route = 'demo') as demo
from responses
where survey_id = any($1) and sent_at is not null
group by wave, voice, helped;

-- name: wrote
-- What became of the question: in a theme, in none, or no words that can be read.
select wave, said, count(*) as n
from (
    select r.wave,
        case
            when c.response_id is null or c.words = '' then 'nothing'
            when exists (
                select from agreed_members m
                join agreed_themes t on t.id = m.theme_id
                where m.response_id = r.id and m.question_id = $2
                    and t.asked_of = $3 and t.question_id = $2 and t.ended_at is null
            ) then 'themed'
            else 'not_themed'
        end as said
    from responses r
    left join redacted_comments c on c.response_id = r.id and c.question_id = $2
    where r.survey_id = any($1) and r.sent_at is not null
) each
group by wave, said;

-- name: themes
-- With praise and complaint, where the theme was made of one suggestion that is still there.
select t.id, t.name, t.description, s.split
from agreed_themes t
left join lateral (
    select d.suggestion_ids[1] as id
    from decisions d
    where d.kind = 'agree' and d.asked_of = t.asked_of and d.question_id = t.question_id
        and d.made_theme_ids = array[t.id] and cardinality(d.suggestion_ids) = 1
    order by d.id
    limit 1
) made on true
left join suggested_themes s on s.id = made.id
where t.asked_of = $1 and t.question_id = $2 and t.ended_at is null
order by t.id;

-- name: members
select m.theme_id, r.wave, r.voice, r.helped, count(*) as n,
    count(*) filter (where m.in_part) as in_part
from agreed_members m
join responses r on r.id = m.response_id
where m.theme_id = any($1)
group by m.theme_id, r.wave, r.voice, r.helped;

-- name: quotable
-- Redacted words with permission, none that is held back, nearest the middle of the theme first; of
-- many, so many that lie evenly between the middle and the edge, the last of all among them. Where a
-- reviewer chose quotes, those only.
select q.theme_id, q.words, q.voice, q.score, q.demo
from (
    select m.theme_id, c.words, r.voice, m.score, r.route = 'demo' as demo,
        row_number() over (
            partition by m.theme_id
            order by m.score desc, m.quote_place nulls last, m.response_id
        ) as place,
        count(*) over (partition by m.theme_id) as n
    from agreed_members m
    join agreed_themes t on t.id = m.theme_id
    join responses r on r.id = m.response_id
    join shown_comments c on c.response_id = m.response_id and c.question_id = m.question_id
    where m.theme_id = any($1) and not (m.in_part and not m.publishable) and r.may_quote and not c.held
        and c.words <> '' and (m.publishable or not t.quotes_chosen)
) q
where q.place * $2::bigint / q.n > (q.place - 1) * $2::bigint / q.n
order by q.theme_id, q.place;

-- name: words_said
-- Of the question, with the themes that each comment is in; not what is held back.
select c.words, coalesce(array_agg(m.theme_id) filter (where m.theme_id is not null), '{}') as theme_ids
from shown_comments c
join responses r on r.id = c.response_id
left join agreed_members m
    on m.response_id = c.response_id and m.question_id = c.question_id and m.theme_id = any($3)
where r.survey_id = any($1) and c.question_id = $2 and not c.held and c.words <> ''
group by c.response_id, c.words
order by c.response_id
limit $4;
