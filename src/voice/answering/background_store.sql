-- name: background
-- Answers that were chosen, counted; never a word that somebody wrote.
select wave, voice, question_id, option, sum(n)::bigint as n
from choice_counts
where survey_id = any($1) and question_id = any($2)
group by wave, voice, question_id, option
having sum(n) > 0;
