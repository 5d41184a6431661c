-- name: note_entry
insert into paper_entries (response_id, wording, entered_by)
values ($1, $2, $3);

-- name: find_paper
select r.id as response_id, r.code_try
from responses r
join paper_entries p on p.response_id = r.id
where r.survey_id = $1 and r.wave = $2 and r.source_ref = $3;

-- name: entered_today
select count(*) from paper_entries where entered_by = $1 and entered_at >= current_date;

-- name: entered
select r.survey_id, r.wave, count(*) as n_papers
from responses r
join paper_entries p on p.response_id = r.id
group by r.survey_id, r.wave;
