-- name: background
-- Answers that were chosen, counted; never a word that somebody wrote.
select wave, voice, question_id, option, sum(n)::bigint as n
from choice_counts
where survey_id = any($1) and question_id = any($2)
group by wave, voice, question_id, option
having sum(n) > 0;

-- name: choosing
-- Of one closed question, by wave: how many answered it for themselves, and how many of them chose
-- one of these answers. Nobody is in it for whom somebody else answered, or whom an adult observed.
select r.wave, count(*) as base, count(*) filter (where exists (
        select from jsonb_array_elements_text(
            case jsonb_typeof(a.value) when 'array' then a.value else jsonb_build_array(a.value) end
        ) as given (option)
        where given.option = any($3)
    )) as chosen, max(r.started_on) as last_on, (
        select sum(k.n)::bigint from response_counts k where k.survey_id = $1 and k.wave = r.wave
    ) as sent
from answers a
join responses r on r.id = a.response_id
where r.survey_id = $1 and r.sent_at is not null and a.question_id = $2
    and a.state = 'answered' and not a.free_text and not a.observed
    and coalesce(r.helped, '') not in ('answered', 'observed')
group by r.wave
order by r.wave;
