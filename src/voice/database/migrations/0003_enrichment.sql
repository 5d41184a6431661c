-- One row for each free-text answer: what the machine thought, so that a person reads the
-- most worrying first. It never clears an answer.
create table flags (
    response_id uuid not null references responses on delete cascade,
    question_id text not null,
    concern boolean not null,
    score real not null check (score between 0 and 1),
    kinds text[] not null,
    because text[] not null,
    raised_at timestamptz not null default now(),
    primary key (response_id, question_id)
);
create index flags_by_worry on flags (score desc, raised_at);

-- What the safeguarding lead did about an answer: only ever added to.
create table flag_actions (
    id bigint generated always as identity primary key,
    response_id uuid not null references responses on delete cascade,
    question_id text not null,
    action text not null check (action in ('no_concern', 'advice_sought', 'referred')),
    reference text not null default '',
    done_by bigint not null references people,
    done_at timestamptz not null default now(),
    check (action <> 'referred' or reference <> '')
);
create index flag_actions_by_answer on flag_actions (response_id, question_id);

-- From here on only redacted words travel.
create table redacted_comments (
    response_id uuid not null references responses on delete cascade,
    question_id text not null,
    words text not null,
    -- What was taken out: {"PERSON": 2, ...}. Counts only.
    taken_out jsonb not null,
    -- 384 numbers of two bytes each; null when the words were empty after redaction.
    vector bytea,
    enriched_at timestamptz not null default now(),
    primary key (response_id, question_id)
);
create index redacted_comments_by_question on redacted_comments (question_id);

-- What reviewers and officers may read: a comment with a possible worry stays held back until
-- the safeguarding lead has found no concern. It still counts; only its words are not shown.
create view shown_comments as
select
    c.response_id,
    c.question_id,
    h.held,
    case
        when h.held then '[held back until the safeguarding lead has read it]'
        else c.words
    end as words
from redacted_comments c
cross join lateral (
    select exists (
        select from flags f
        where f.response_id = c.response_id
            and f.question_id = c.question_id
            and f.concern
            and not exists (
                select from flag_actions d
                where d.response_id = f.response_id
                    and d.question_id = f.question_id
                    and d.action = 'no_concern'
            )
    ) as held
) h;
