-- A reviewer may take more words out of a comment. The log keeps who, when and in how many places,
-- never the words.
alter table decisions drop constraint decisions_kind_check;
alter table decisions add constraint decisions_kind_check check (
    kind in ('agree', 'merge', 'split', 'refuse', 'rename', 'areas', 'withdraw', 'redact')
);
