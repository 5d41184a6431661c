-- name: own_voices
-- Answers that children and young people gave themselves, and all answers.
select
    count(*) filter (
        where voice in ('child', 'young_person') and coalesce(helped, '') not in ('answered', 'observed')
    ) as own,
    count(*) as every
from responses
where sent_at is not null;
