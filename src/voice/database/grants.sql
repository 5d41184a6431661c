-- name: make_roles
-- Three parts of Voice, and what each may see. They are roles without a password: the part connects as
-- whoever DATABASE_URL says and takes its role on at once; docs/protection.md says how to go further.
do $$
declare part text;
begin
    foreach part in array array['voice_web', 'voice_worker', 'voice_reports'] loop
        begin
            execute format('create role %I nologin', part);
        exception when duplicate_object or unique_violation then null;
        end;
        if not pg_has_role(current_user, part, 'member') then
            execute format('grant %I to current_user', part);
        end if;
    end loop;
end $$;

-- name: forget_grants
revoke all on all tables in schema public from voice_web, voice_worker, voice_reports;
revoke all on all sequences in schema public from voice_web, voice_worker, voice_reports;
-- Only triggers count. The migrations say so too, but a restored backup has no rights in it.
revoke execute on function
    count_sent, count_themed, uncount_comments, count_members, hold_themed, count_feelings
from public, voice_web, voice_worker, voice_reports;

-- name: grant_all
grant usage on schema public to voice_web, voice_worker, voice_reports;
grant usage, select on all sequences in schema public to voice_web, voice_worker;

-- The web takes answers in, shows people their own, and shows the safeguarding lead all of them.
grant select, insert, update, delete on
    responses, answers, device_responses, code_failures, people, staff_sessions,
    half_sessions, recovery_codes, invitations, tries, oidc_journeys, agreed_themes,
    agreed_members, agreed_areas, first_members, read_comments, rota, contact_requests,
    brought_files
to voice_web;
grant select, insert on
    response_keys, flag_actions, decisions, decision_members, descriptions, paper_entries, audit
to voice_web;
grant update (description, was) on descriptions to voice_web;  -- When words are taken out.
grant select, insert, update on pledges to voice_web;
grant select, insert on imports, import_members to voice_web;
grant update (undone_at, undone_by) on imports to voice_web;
grant select, insert on evidence_packs to voice_web;
grant update (
    content, content_sha256, taken_back, taken_back_on, withdrawn_on, withdrawn_because, withdrawn_by
) on evidence_packs to voice_web;
-- What somebody took back goes from packs, too.
grant select on evidence_packs to voice_worker;
grant update (content, content_sha256, taken_back, taken_back_on) on evidence_packs to voice_worker;
grant select, insert on challenges, challenge_answers, measures, measure_actuals to voice_web;
grant select on
    flags, shown_comments, theme_runs, suggested_themes, suggested_members, suggested_areas, clips,
    published_clips, migrations
to voice_web;
-- To hold a comment while a decision about it is kept, and to take more words out of it.
grant select on redacted_comments to voice_web;
grant update (words, vector, feeling, taken_out) on redacted_comments to voice_web;
grant update (name, terms, description, parts) on suggested_themes to voice_web;

-- Who is asked. A used ticket is looked for by its hash and forgotten by its day.
grant select, insert, update on invited_groups, invited_wanted to voice_web;
grant select, insert, update, delete on survey_doors to voice_web;
grant select, insert, delete on used_tickets to voice_web;

-- Surveys that staff write: only ever added to.
grant select, insert on survey_drafts to voice_web;

-- Counts: triggers keep them, and nobody else writes them.
grant select on
    response_counts, choice_counts, comment_counts, member_counts, feeling_counts,
    suggested_counts, themed_counts, words_waiting
to voice_web;

-- The worker reads raw words, redacts them, and finds themes. It knows nobody of the staff.
grant select on
    responses, answers, response_keys, agreed_themes, agreed_members, agreed_areas, migrations
to voice_worker;
grant update (code_try) on responses to voice_worker;  -- To hold a response while it is read.
grant select on pledges, legal_holds to voice_worker;
grant delete on responses, response_keys to voice_worker;  -- When their time has come.
grant select, insert, delete on daily_jobs to voice_worker;
grant insert on retention_runs to voice_worker;
grant select on measures, response_counts to voice_worker;  -- To count what answers say, each day.
grant select, insert on measure_actuals to voice_worker;
grant select (id, ends_at), delete on brought_files to voice_worker;
grant delete on
    tries, code_failures, half_sessions, oidc_journeys, invitations, staff_sessions
to voice_worker;
grant select (at) on tries to voice_worker;
grant select (failed_at) on code_failures to voice_worker;
grant select (ends_at) on half_sessions, oidc_journeys, invitations, staff_sessions to voice_worker;
-- Whom to tell of what is overdue, and that they were told; and contacts whose time has come.
grant select on rota to voice_worker;
grant select (id, email, roles, surveys, left_at) on people to voice_worker;
grant select, insert on overdue_alarms to voice_worker;
grant select, delete on contact_requests to voice_worker;
grant select, insert, update, delete on
    flags, redacted_comments, theme_runs, suggested_themes, suggested_members, suggested_areas
to voice_worker;
grant select on shown_comments, flag_actions, decisions, decision_members to voice_worker;

-- Each worker says that it lives, whoever watches reads it; and what lets a restored backup forget
-- again goes when no backup can be as old.
grant select, insert, update, delete on signs_of_life to voice_worker;
grant select on signs_of_life to voice_web;
grant select, delete on gone_responses to voice_worker;

-- Whatever is published or exported is read by a role that cannot read a raw word, nor who anybody is.
grant select (id, survey_id, wave, voice, route, wording, helped, may_quote, started_on, sent_at, patterns)
on responses to voice_reports;
grant select (response_id, question_id, state, free_text, observed) on answers to voice_reports;
grant select on
    shown_comments, agreed_themes, agreed_members, agreed_areas, first_members, read_comments,
    pledges, theme_runs, clips, published_clips, challenges,
    challenge_answers, measures, measure_actuals
to voice_reports;

grant select on
    response_counts, choice_counts, comment_counts, member_counts, feeling_counts, themed_counts
to voice_reports;

-- name: grant_scrubbing
-- The worker writes tables anew from which words were deleted. Before version 17 nobody but their
-- owner may.
do $$
begin
    if current_setting('server_version_num')::int >= 170000 then
        grant maintain on
            redacted_comments, response_keys, flags, contact_requests, suggested_themes,
            agreed_themes, descriptions, evidence_packs, brought_files
        to voice_worker;
    end if;
end $$;

-- name: grant_removing_the_log
-- And it removes the log that held them, where that is ours to grant: it is a superuser's.
do $$
begin
    grant pg_checkpoint to voice_worker;
    grant execute on function pg_switch_wal() to voice_worker;
exception when insufficient_privilege then null;
end $$;

-- name: grant_queue
-- The tables of the queue are pgqueuer's own.
do $$
declare queue text;
begin
    for queue in
        select tablename from pg_tables where schemaname = 'public' and tablename like 'pgqueuer%'
    loop
        execute format(
            'grant select, insert, update, delete on %I to voice_web, voice_worker', queue
        );
    end loop;
end $$;
