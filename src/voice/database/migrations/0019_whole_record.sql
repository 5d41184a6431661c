-- A pledge says all that a reader may ask: what instead, what changed, how we know, when we say
-- more, who decided, and whether the people it is about agreed.
alter table pledges drop constraint pledges_status_check;
alter table pledges drop constraint pledges_check;
alter table pledges
    add column instead text not null default '',
    add column easy_instead text not null default '',
    -- The difference made: all four, or none.
    add column measure text not null default '',
    add column measure_before text not null default '',
    add column measure_after text not null default '',
    add column measured_on date,
    add column evidence text not null default '',
    add column evidence_on date,
    -- What was done before evidence was asked for owes it still; its next saving must give it.
    add column evidence_owed boolean not null default false,
    add column next_update_on date,
    add column board text not null default '',
    add column board_on date,
    add column checked text not null default 'not_yet',
    add column checked_note text not null default '';
update pledges
set status = case status when 'did' then 'done' when 'could_not' then 'cannot_do' else status end,
    evidence_owed = status = 'did';
alter table pledges
    add check (status in ('listening', 'doing', 'done', 'partly_done', 'cannot_do')),
    add check (checked in ('yes', 'not_yet', 'no')),
    add check (
        status not in ('partly_done', 'cannot_do') or (because <> '' and easy_because <> '')
    ),
    add check (status <> 'done' or evidence_owed or (evidence <> '' and evidence_on is not null)),
    add check (
        (measure = '' and measure_before = '' and measure_after = '' and measured_on is null)
        or (
            measure <> '' and measure_before <> '' and measure_after <> ''
            and measured_on is not null
        )
    ),
    add check ((instead = '') = (easy_instead = '')),
    add check (board_on is null or board <> '');
