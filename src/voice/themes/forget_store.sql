-- name: suggestions_with
select t.id, t.name, t.terms, t.description, t.parts
from suggested_themes t
join suggested_members m on m.theme_id = t.id
where m.response_id = $1 and m.question_id = $2
order by t.id
for update of t;

-- name: change_suggestion
update suggested_themes
set name = $2, terms = $3, description = $4, parts = $5
where id = $1;
