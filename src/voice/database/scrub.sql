-- name: rewrite_comments
-- A row that was deleted lies in its file until another is written over it; a table that is written
-- anew holds none. In each of these lie words of people, or the keys to them.
vacuum full redacted_comments;

-- name: rewrite_keys
vacuum full response_keys;

-- name: rewrite_flags
vacuum full flags;

-- name: rewrite_contacts
vacuum full contact_requests;

-- name: rewrite_suggestions
vacuum full suggested_themes;

-- name: rewrite_themes
vacuum full agreed_themes;

-- name: rewrite_descriptions
vacuum full descriptions;

-- name: rewrite_packs
vacuum full evidence_packs;

-- name: rewrite_files
vacuum full brought_files;

-- name: patience
-- Whoever waits for one of these tables waits behind us, so we do not wait long.
set lock_timeout = '3s';

-- name: close_log
-- What was written before lies in files of the log that are whole, and a checkpoint removes those.
select pg_switch_wal();

-- name: checkpoint
checkpoint;
