-- name: own_voices
-- Answers that children and young people gave themselves, and all answers.
select
    count(*) filter (
        where voice in ('child', 'young_person') and coalesce(helped, '') not in ('answered', 'observed')
    ) as own,
    count(*) as every
from responses
where sent_at is not null;

-- name: labelled
-- Redacted words of a question with the names of their agreed themes and the areas of these; not what is
-- held back. The order is that of a sum, so that it tells nothing.
select r.survey_id, c.words, array_agg(distinct t.name order by t.name) as themes,
    array(
        select distinct a.framework_id || '/' || a.area_id
        from agreed_areas a
        where a.theme_id = any(array_agg(t.id))
        order by 1
    ) as areas
from shown_comments c
join responses r on r.id = c.response_id
join agreed_members m on m.response_id = c.response_id and m.question_id = c.question_id
join agreed_themes t on t.id = m.theme_id
where r.survey_id = any($1) and c.question_id = $2 and not c.held and c.words <> ''
    and t.asked_of = $3 and t.question_id = $2 and t.ended_at is null
    and (not $4 or exists (
        select from read_comments d
        where d.asked_of = $3 and d.question_id = $2 and d.response_id = c.response_id
    ))
group by r.survey_id, c.response_id, c.words
order by md5(c.response_id::text);

-- name: shown_words
select c.response_id, c.question_id, c.words
from shown_comments c
join responses r on r.id = c.response_id
where r.survey_id = $1 and r.wave = $2 and not c.held;
