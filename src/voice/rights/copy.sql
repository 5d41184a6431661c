-- name: response_of_code
select id, survey_id, wave, voice, route, wording, helped, may_quote, started_on, sent_at::date as sent_on
from responses
where code_hash = $1;

-- name: comments
select question_id, words from redacted_comments where response_id = $1 order by question_id;

-- name: themes
select t.question_id, t.name
from agreed_members m
join agreed_themes t on t.id = m.theme_id
where m.response_id = $1 and t.ended_at is null
order by t.question_id, t.name;
