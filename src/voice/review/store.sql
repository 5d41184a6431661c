-- name: comment_counts
select survey_id, question_id, wave, voice, sum(n)::bigint as n
from comment_counts
group by survey_id, question_id, wave, voice
having sum(n) > 0;

-- name: runs
select n.id, n.asked_of, n.question_id, n.wave, n.found_at, n.n_comments, n.n_empty,
    n.n_non_answers, n.n_not_themed, count(t.id) as suggested,
    count(t.id) filter (where not exists (
        select from decisions d
        where d.suggestion_ids @> array[t.id]
            and not exists (select from decisions u where u.undoes = d.id)
    )) as undecided
from theme_runs n
left join suggested_themes t on t.run_id = n.id
where ($1::text is null or n.asked_of = $1) and ($2::text is null or n.question_id = $2)
group by n.id
order by n.asked_of, n.question_id, n.wave nulls first;

-- name: agreed_counts
-- Read here only to say what waits; `you_said` writes pledges.
select t.asked_of, t.question_id, count(*) as agreed,
    count(*) filter (
        where not exists (select from pledges p where p.theme_id = t.id)
    ) as without_pledge
from agreed_themes t
where t.ended_at is null
group by t.asked_of, t.question_id;

-- name: without_pledge
select t.id, t.asked_of, t.question_id, t.name, coalesce(sum(m.n), 0)::bigint as n
from agreed_themes t
left join member_counts m on m.theme_id = t.id
where t.ended_at is null and not exists (select from pledges p where p.theme_id = t.id)
group by t.id
order by n desc, t.id;

-- name: lost_theme
-- Replies of the last version of which the theme was merged, split or taken back: those that the public
-- could read come first.
select p.number, p.published, t.name as theme
from pledges p
join agreed_themes t on t.id = p.theme_id
where p.superseded_at is null and t.ended_at is not null
order by p.published desc, p.number;

-- name: pledges_waiting
-- Drafts, and what was promised for a day that has passed.
select p.number, p.published, t.name as theme
from pledges p
join agreed_themes t on t.id = p.theme_id
where p.superseded_at is null and t.ended_at is null
    and (not p.published or (p.status in ('listening', 'doing') and p.on_day < current_date))
order by p.published desc, p.on_day, p.number;

-- name: challenges_waiting
select c.number, max(c.put_on) as put_on
from challenges c
where not exists (select from challenge_answers a where a.number = c.number)
group by c.number
order by 2, 1;

-- name: keys_waiting
select dedupe_key
from pgqueuer
where entrypoint = $1 and status in ('queued', 'picked') and dedupe_key is not null;

-- name: suggestions
-- Of one run, those that nobody has decided about, largest first.
select t.id, t.name, t.terms, t.description, t.for_theme, coalesce(sum(m.n), 0)::bigint as n
from suggested_themes t
left join suggested_counts m on m.theme_id = t.id
where t.run_id = $1
    and not exists (
        select from decisions d
        where d.suggestion_ids @> array[t.id]
            and not exists (select from decisions u where u.undoes = d.id)
    )
group by t.id
order by n desc, t.place;

-- name: suggestion
select t.id, t.name, t.terms, t.description, n.asked_of, n.question_id, n.wave
from suggested_themes t
join theme_runs n on n.id = t.run_id
where t.id = $1;

-- name: themes
-- Agreed and not ended, largest first.
select t.id, t.name, t.version, coalesce(sum(m.n), 0)::bigint as n
from agreed_themes t
left join member_counts m on m.theme_id = t.id
where t.asked_of = $1 and t.question_id = $2 and t.ended_at is null
group by t.id
order by n desc, t.id;

-- name: theme
select t.id, t.name, t.description, t.quotes_chosen, t.asked_of, t.question_id, t.version,
    t.agreed_at, p.email as agreed_by, t.ended_at, exists (select from pledges l where l.theme_id = t.id) as has_pledge
from agreed_themes t
join people p on p.id = t.agreed_by
where t.id = $1;

-- name: themes_with
-- The agreed themes that hold or held a comment, in whatever survey or family; those that ended too.
select t.id, t.name, t.description
from agreed_themes t
where exists (
        select from agreed_members m
        where m.theme_id = t.id and m.response_id = $1 and m.question_id = $2
    )
    or exists (
        select from decision_members m
        where m.theme_id = t.id and m.response_id = $1 and m.question_id = $2
    )
order by t.id;

-- name: suggested_areas
select theme_id, framework_id, area_id, score, chosen
from suggested_areas
where theme_id = any($1) and chosen
order by theme_id, framework_id, score desc, area_id;

-- name: agreed_areas
select theme_id, framework_id, area_id
from agreed_areas
where theme_id = any($1)
order by theme_id, framework_id, area_id;

-- name: suggested_voices
select theme_id, voice, n from suggested_counts where theme_id = any($1) and n > 0;

-- name: agreed_voices
select theme_id, voice, sum(n)::bigint as n
from member_counts
where theme_id = any($1)
group by theme_id, voice
having sum(n) > 0;

-- name: suggested_quotes
select m.theme_id, c.words, r.voice, r.route = 'demo' as demo
from suggested_members m
join shown_comments c
    on c.response_id = m.response_id and c.question_id = m.question_id
join responses r on r.id = m.response_id
where m.theme_id = any($1) and m.quote_place is not null
order by m.theme_id, m.quote_place;

-- name: suggested_comments
select c.response_id, c.words, r.voice, r.wave, r.route = 'demo' as demo, m.score, m.in_part
from suggested_members m
join shown_comments c
    on c.response_id = m.response_id and c.question_id = m.question_id
join responses r on r.id = m.response_id
where m.theme_id = $1
order by m.score desc, m.response_id
limit $2 offset $3;

-- name: agreed_comments
select c.response_id, c.words, r.voice, r.wave, r.route = 'demo' as demo, m.score, m.in_part,
    m.by_hand, m.publishable, r.may_quote and not c.held and c.words <> '' as quotable
from agreed_members m
join shown_comments c
    on c.response_id = m.response_id and c.question_id = m.question_id
join responses r on r.id = m.response_id
where m.theme_id = $1
order by m.score desc, m.response_id
limit $2 offset $3;

-- name: not_quotable
select m.response_id
from agreed_members m
join shown_comments c on c.response_id = m.response_id and c.question_id = m.question_id
join responses r on r.id = m.response_id
where m.theme_id = $1 and not (r.may_quote and not c.held and c.words <> '');

-- name: comments_in_no_theme
-- Neither in a suggestion of this run, nor in an agreed theme of the question.
select c.response_id, c.words, r.voice, r.wave, r.route = 'demo' as demo, null::real as score,
    false as in_part,
    count(*) over () as n
from shown_comments c
join responses r on r.id = c.response_id
where r.survey_id = any($1)
    and c.question_id = $2
    and ($3::text is null or r.wave = $3)
    and not exists (
        select from suggested_members m
        join suggested_themes t on t.id = m.theme_id
        where m.response_id = c.response_id and m.question_id = c.question_id and t.run_id = $4
    )
    and not exists (
        select from agreed_members m
        join agreed_themes t on t.id = m.theme_id
        where m.response_id = c.response_id and m.question_id = c.question_id
            and t.asked_of = $5 and t.ended_at is null
    )
order by c.response_id
limit $6 offset $7;

-- name: free_comments
select c.response_id
from redacted_comments c
join responses r on r.id = c.response_id
where c.response_id = any($1::uuid[]) and r.survey_id = any($2) and c.question_id = $3
    and not exists (
        select from agreed_members m
        join agreed_themes t on t.id = m.theme_id
        where m.response_id = c.response_id and m.question_id = c.question_id
            and t.asked_of = $4 and t.ended_at is null
    );

-- name: overlaps
-- How many comments of each suggestion are in each agreed theme already.
select s.theme_id as suggestion_id, a.theme_id, count(*) as n
from suggested_members s
join agreed_members a on a.response_id = s.response_id and a.question_id = s.question_id
join agreed_themes t on t.id = a.theme_id
where s.theme_id = any($1) and t.asked_of = $2 and t.question_id = $3 and t.ended_at is null
group by s.theme_id, a.theme_id
order by s.theme_id, n desc, a.theme_id;

-- name: decisions_about_question
select d.id, d.asked_of, d.question_id, d.kind, d.suggestion_ids, d.theme_ids, d.made_theme_ids,
    d.ended_theme_ids, d.reason, d.details, d.decided_at, p.email as decided_by, d.undoable,
    exists (select from decisions u where u.undoes = d.id) as undone, s.description, s.was
from decisions d
join people p on p.id = d.decided_by
left join descriptions s on s.decision_id = d.id
where d.asked_of = $1 and d.question_id = $2
order by d.id desc
limit $3;

-- name: decisions_about_theme
select d.id, d.asked_of, d.question_id, d.kind, d.suggestion_ids, d.theme_ids, d.made_theme_ids,
    d.ended_theme_ids, d.reason, d.details, d.decided_at, p.email as decided_by, d.undoable,
    exists (select from decisions u where u.undoes = d.id) as undone, s.description, s.was
from decisions d
join people p on p.id = d.decided_by
left join descriptions s on s.decision_id = d.id
where d.asked_of = $1 and d.question_id = $2
    and (d.theme_ids @> array[$3::bigint] or d.made_theme_ids @> array[$3::bigint])
order by d.id desc;

-- name: decisions_about_suggestion
select d.id, d.asked_of, d.question_id, d.kind, d.suggestion_ids, d.theme_ids, d.made_theme_ids,
    d.ended_theme_ids, d.reason, d.details, d.decided_at, p.email as decided_by, d.undoable,
    exists (select from decisions u where u.undoes = d.id) as undone, s.description, s.was
from decisions d
join people p on p.id = d.decided_by
left join descriptions s on s.decision_id = d.id
where d.suggestion_ids @> array[$1::bigint]
    and not exists (select from decisions u where u.undoes = d.id)
order by d.id desc;

-- name: next_to_read
-- Ids are drawn by chance, so their order is too. Not what is held back, nor what is in no theme because
-- nobody has decided about its suggestion.
select c.response_id, c.words, r.voice, r.wave, r.route = 'demo' as demo, null::real as score
from shown_comments c
join responses r on r.id = c.response_id
where r.survey_id = any($1) and c.question_id = $2 and not c.held and c.words <> ''
    and not exists (
        select from read_comments d
        where d.asked_of = $3 and d.question_id = c.question_id and d.response_id = c.response_id
    )
    and not (
        exists (
            select from suggested_members m
            join suggested_themes s on s.id = m.theme_id
            join theme_runs n on n.id = s.run_id
            where m.response_id = c.response_id and m.question_id = c.question_id
                and n.asked_of = $3 and n.question_id = $2 and s.for_theme is null
                and not exists (
                    select from decisions e
                    where e.suggestion_ids @> array[s.id]
                        and not exists (select from decisions u where u.undoes = e.id)
                )
        )
        and not exists (
            select from agreed_members m
            join agreed_themes t on t.id = m.theme_id
            where m.response_id = c.response_id and m.question_id = c.question_id
                and t.asked_of = $3 and t.ended_at is null
        )
    )
    and c.response_id > $4 and c.response_id <= $5
order by c.response_id
limit 1;

-- name: one_comment
select c.response_id, c.words, r.voice, r.wave, r.route = 'demo' as demo, null::real as score
from shown_comments c
join responses r on r.id = c.response_id
where r.survey_id = any($1) and c.question_id = $2 and c.response_id = $3
    and not c.held and c.words <> '';

-- name: where_in
-- The agreed themes that hold a comment.
select t.id
from agreed_themes t
join agreed_members m on m.theme_id = t.id
where t.asked_of = $1 and t.question_id = $2 and m.response_id = $3 and t.ended_at is null
order by t.id;

-- name: read_comments
-- Each with the agreed themes that the machine put it in first, and those that hold it now; not what both
-- leave in no theme.
select asked_of, question_id, machine, people
from (
    select d.response_id, d.asked_of, d.question_id,
        array(
            select f.theme_id
            from first_members f
            join agreed_themes t on t.id = f.theme_id
            where f.response_id = d.response_id and f.question_id = d.question_id
                and t.asked_of = d.asked_of and t.ended_at is null
        ) as machine,
        array(
            select m.theme_id
            from agreed_members m
            join agreed_themes t on t.id = m.theme_id
            where m.response_id = d.response_id and m.question_id = d.question_id
                and t.asked_of = d.asked_of and t.ended_at is null
        ) as people
    from read_comments d
    where ($1::text is null or d.asked_of = $1) and ($2::text is null or d.question_id = $2)
) each
where cardinality(machine) + cardinality(people) > 0
order by asked_of, question_id, response_id;

-- name: decision
select d.id, d.asked_of, d.question_id, d.kind, d.suggestion_ids, d.theme_ids, d.made_theme_ids,
    d.ended_theme_ids, d.reason, d.details, d.decided_at, p.email as decided_by, d.undoable,
    exists (select from decisions u where u.undoes = d.id) as undone, s.description, s.was
from decisions d
join people p on p.id = d.decided_by
left join descriptions s on s.decision_id = d.id
where d.id = $1;

-- name: decisions_after
-- Those that came later, still stand, and touched one of these themes: newest first.
select d.id, d.asked_of, d.question_id, d.kind, d.suggestion_ids, d.theme_ids, d.made_theme_ids,
    d.ended_theme_ids, d.reason, d.details, d.decided_at, p.email as decided_by, d.undoable,
    exists (select from decisions u where u.undoes = d.id) as undone, s.description, s.was
from decisions d
join people p on p.id = d.decided_by
left join descriptions s on s.decision_id = d.id
where d.id > $1 and d.kind <> 'undo' and (d.theme_ids && $2::bigint[] or d.made_theme_ids && $2::bigint[])
    and not exists (select from decisions u where u.undoes = d.id)
order by d.id desc;

-- name: traces
select theme_id, did, response_id, score, quote_place, in_part, publishable, by_hand
from decision_members
where decision_id = $1
order by theme_id, did, response_id;

-- name: how_given
-- Of all that was sent: by whom, by which way, who helped, and what may show a misunderstanding.
select voice, route, helped, patterns, count(*) as n
from responses
where survey_id = any($1) and sent_at is not null
group by voice, route, helped, patterns;
