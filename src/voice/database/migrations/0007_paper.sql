-- One row for each paper that was typed in: who did it, when, and which booklet lay before them.
-- The paper's number stands in responses.source_ref, so that no paper counts twice.
create table paper_entries (
    response_id uuid primary key references responses on delete cascade,
    wording text not null,
    entered_by bigint not null references people,
    entered_at timestamptz not null default now()
);
create index paper_entries_by_person on paper_entries (entered_by, entered_at);
