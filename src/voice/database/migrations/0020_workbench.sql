-- Reviewers describe themes, move comments, make themes by hand, mark quotes, read one by one, and undo.
alter table decisions drop constraint decisions_kind_check;
alter table decisions add constraint decisions_kind_check check (
    kind in (
        'agree', 'merge', 'split', 'refuse', 'rename', 'areas', 'withdraw', 'redact',
        'describe', 'move', 'make', 'publish', 'read', 'undo'
    )
);
alter table decisions
add column ended_theme_ids bigint[] not null default '{}',
-- The log is only ever added to: taking a decision back is a decision too.
add column undoes bigint unique references decisions,
-- Whether enough was noted to take it back. Not so for what was decided before this migration.
add column undoable boolean not null default false;

alter table agreed_themes
-- A reviewer’s sentence about the theme; empty while the machine’s is used.
add column description text not null default '',
-- Once somebody chose quotes, only chosen ones are published.
add column quotes_chosen boolean not null default false;

alter table agreed_members
add column publishable boolean not null default false,
-- A person put it here, one by one; its score says nothing.
add column by_hand boolean not null default false;

-- A description before and after a decision. It stands apart from the log, so that words which are taken
-- out of a comment can be taken out of here as well.
create table descriptions (
    decision_id bigint primary key references decisions,
    theme_id bigint not null references agreed_themes on delete cascade,
    description text not null,
    was text not null
);
create index descriptions_by_theme on descriptions (theme_id);

-- Which comments a decision put into a theme, took out of it, or marked. A line goes with its comment.
create table decision_members (
    decision_id bigint not null references decisions,
    theme_id bigint not null references agreed_themes on delete cascade,
    response_id uuid not null,
    question_id text not null,
    did text not null check (did in ('in', 'out', 'mark', 'unmark')),
    score real not null,
    quote_place smallint,
    in_part boolean not null,
    publishable boolean not null,
    by_hand boolean not null,
    primary key (decision_id, theme_id, response_id, question_id, did),
    foreign key (response_id, question_id) references redacted_comments on delete cascade
);
create index decision_members_by_comment on decision_members (response_id, question_id);
create index decision_members_by_theme on decision_members (theme_id);

-- Where the machine put a comment first, in the themes that people made of its suggestions. Moving a
-- comment does not change it: what the machine said and what people say stay apart.
create table first_members (
    theme_id bigint not null references agreed_themes on delete cascade,
    response_id uuid not null,
    question_id text not null,
    decision_id bigint references decisions,
    primary key (theme_id, response_id, question_id),
    foreign key (response_id, question_id) references redacted_comments on delete cascade
);
create index first_members_by_comment on first_members (response_id, question_id);
create index first_members_by_decision on first_members (decision_id);
-- Until now nobody could move a comment.
insert into first_members (theme_id, response_id, question_id)
select theme_id, response_id, question_id from agreed_members;

-- Comments that a person read one by one and said where they belong.
create table read_comments (
    asked_of text not null,
    response_id uuid not null,
    question_id text not null,
    decision_id bigint not null references decisions,
    primary key (asked_of, question_id, response_id),
    foreign key (response_id, question_id) references redacted_comments on delete cascade
);
create index read_comments_by_comment on read_comments (response_id, question_id);
create index read_comments_by_decision on read_comments (decision_id);
