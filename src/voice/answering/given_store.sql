-- name: responses_of
-- Made-up answers are not among them: elsewhere nobody would know that they are.
select id, voice, wording, helped, may_quote, started_on, source_ref
from responses
where survey_id = $1 and wave = $2 and sent_at is not null and route <> 'demo';

-- name: chosen_of
-- Of free text only that there is some: its words leave as they were redacted, or not at all.
select a.response_id, a.question_id, a.state, a.observed, case when not a.free_text then a.value end as value
from answers a
join responses r on r.id = a.response_id
where r.survey_id = $1 and r.wave = $2 and r.sent_at is not null and r.route <> 'demo';
