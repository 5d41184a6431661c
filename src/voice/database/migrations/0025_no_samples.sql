-- Postgres keeps a sample of each column for its planner, and a sample of words outlives the words.
-- No question that we put to the database is planned by what people said, so none is kept.
alter table redacted_comments
    alter column words set statistics 0,
    alter column taken_out set statistics 0;
alter table suggested_themes
    alter column name set statistics 0,
    alter column terms set statistics 0,
    alter column description set statistics 0,
    alter column parts set statistics 0;
alter table agreed_themes
    alter column name set statistics 0,
    alter column description set statistics 0;
alter table descriptions
    alter column description set statistics 0,
    alter column was set statistics 0;
alter table decisions
    alter column reason set statistics 0,
    alter column details set statistics 0;
alter table contact_requests
    alter column name set statistics 0,
    alter column reach set statistics 0;
alter table evidence_packs alter column content set statistics 0;
