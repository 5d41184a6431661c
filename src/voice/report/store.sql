-- name: answered
-- Everybody who sent answers, and whether any of them were made up.
select wave, voice, nullif(helped, '') as helped, sum(n)::bigint as n,
    coalesce(sum(n) filter (where demo), 0) > 0 as demo
from response_counts
where survey_id = any($1)
group by wave, voice, helped
having sum(n) > 0;

-- name: wrote
-- What became of the question: in a theme, in none, or no words that can be read.
with sent as (
    select wave, sum(n) as n from response_counts where survey_id = any($1) group by wave
), written as (
    select wave, sum(n) as n
    from comment_counts
    where survey_id = any($1) and question_id = $2 and not empty
    group by wave
), themed as (
    select wave, n from themed_counts where asked_of = $3 and question_id = $2
), each as (
    select s.wave, s.n as sent, coalesce(w.n, 0) as written, coalesce(t.n, 0) as themed
    from sent s
    left join written w on w.wave = s.wave
    left join themed t on t.wave = s.wave
)
select each.wave, x.said, x.n::bigint as n
from each
cross join lateral (values
    ('themed', themed), ('not_themed', written - themed), ('nothing', sent - written)
) as x (said, n)
where x.n > 0;

-- name: themes
-- With how the machine heard the comments that are in each as a whole.
select t.id, t.name, t.description,
    coalesce(sum(f.n) filter (where f.feeling = 1), 0)::bigint as positive,
    coalesce(sum(f.n) filter (where f.feeling = -1), 0)::bigint as negative,
    coalesce(sum(f.n) filter (where f.feeling = 0), 0)::bigint as mixed
from agreed_themes t
left join feeling_counts f on f.theme_id = t.id
where t.asked_of = $1 and t.question_id = $2 and t.ended_at is null
group by t.id
order by t.id;

-- name: members
select theme_id, wave, voice, nullif(helped, '') as helped, sum(n)::bigint as n,
    sum(in_part)::bigint as in_part
from member_counts
where theme_id = any($1)
group by theme_id, wave, voice, helped
having sum(n) > 0;

-- name: quotable
-- Redacted words with permission, none that is held back, nearest the middle of the theme first. Of
-- many: those in the middle, those at the edge, and between them the first by their ids, which are
-- drawn by chance. Where a reviewer chose quotes, those only.
select m.theme_id, c.words, r.voice, m.score, r.route = 'demo' as demo
from unnest($1::bigint[]) as t (id)
join agreed_themes a on a.id = t.id
cross join lateral (
    (select * from agreed_members where theme_id = t.id order by score desc limit $2)
    union
    (select * from agreed_members where theme_id = t.id order by score limit $2)
    union
    (select * from agreed_members where theme_id = t.id order by response_id limit 3 * $2)
    union
    select * from agreed_members where theme_id = t.id and publishable
) m
join responses r on r.id = m.response_id
join shown_comments c on c.response_id = m.response_id and c.question_id = m.question_id
where not (m.in_part and not m.publishable) and r.may_quote and not c.held and c.words <> ''
    and (m.publishable or not a.quotes_chosen)
order by m.theme_id, m.score desc, m.quote_place nulls last, m.response_id;

-- name: words_said
-- Of the question, with the themes that each comment is in; not what is held back. The first by their
-- ids, which are drawn by chance.
select c.words, m.theme_ids
from (
    select one.response_id, one.question_id
    from redacted_comments one
    join responses r on r.id = one.response_id
    where r.survey_id = any($1) and one.question_id = $2 and one.words <> ''
    order by one.response_id
    limit $4
) first
join shown_comments c
    on c.response_id = first.response_id and c.question_id = first.question_id
cross join lateral (
    select coalesce(array_agg(theme_id), '{}') as theme_ids
    from agreed_members
    where response_id = c.response_id and question_id = c.question_id and theme_id = any($3)
) m
where not c.held
order by c.response_id;
