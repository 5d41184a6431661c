-- name: background
-- Answers that were chosen, counted; never a word that somebody wrote.
select r.wave, r.voice, a.question_id, a.value #>> '{}' as option, count(*) as n
from answers a
join responses r on r.id = a.response_id
where r.survey_id = any($1) and r.sent_at is not null and a.question_id = any($2)
    and a.state = 'answered' and not a.free_text and jsonb_typeof(a.value) = 'string'
group by r.wave, r.voice, a.question_id, a.value;
