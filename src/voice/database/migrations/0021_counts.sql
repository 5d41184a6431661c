-- Counts that pages show, kept beside the rows they count and in the same transaction: a page over a
-- million answers reads a few hundred rows. Triggers keep them right whoever writes; a test counts again.

-- Of answers that were sent. A slot is one of eight, by the connection, so that people who send at the
-- same time do not wait for each other; what is counted is the sum over them.
create table response_counts (
    survey_id text not null,
    wave text not null,
    voice text not null,
    helped text not null,  -- Empty where nobody said.
    demo boolean not null,
    slot smallint not null,
    n bigint not null,
    primary key (survey_id, wave, voice, helped, demo, slot)
);

-- What was chosen, never what was written.
create table choice_counts (
    survey_id text not null,
    wave text not null,
    voice text not null,
    question_id text not null,
    option text not null,
    slot smallint not null,
    n bigint not null,
    primary key (survey_id, question_id, wave, voice, option, slot)
);

create table comment_counts (
    survey_id text not null,
    question_id text not null,
    wave text not null,
    voice text not null,
    empty boolean not null,
    slot smallint not null,
    n bigint not null,
    primary key (survey_id, question_id, wave, voice, empty, slot)
);

-- What people wrote that the worker has not read yet.
create table words_waiting (
    response_id uuid not null references responses on delete cascade,
    question_id text not null,
    survey_id text not null,
    primary key (response_id, question_id)
);

create table member_counts (
    theme_id bigint not null references agreed_themes on delete cascade,
    wave text not null,
    voice text not null,
    helped text not null,
    demo boolean not null,
    n bigint not null,
    in_part bigint not null,
    primary key (theme_id, wave, voice, helped, demo)
);

create table suggested_counts (
    theme_id bigint not null references suggested_themes on delete cascade,
    voice text not null,
    n bigint not null,
    primary key (theme_id, voice)
);

-- How many comments are in at least one agreed theme.
create table themed_counts (
    asked_of text not null,
    question_id text not null,
    wave text not null,
    n bigint not null,
    primary key (asked_of, question_id, wave)
);

alter table response_counts enable row level security;
create policy seen on response_counts using (may_see(survey_id)) with check (may_see(survey_id));
alter table choice_counts enable row level security;
create policy seen on choice_counts using (may_see(survey_id)) with check (may_see(survey_id));
alter table comment_counts enable row level security;
create policy seen on comment_counts using (may_see(survey_id)) with check (may_see(survey_id));
alter table words_waiting enable row level security;
create policy seen on words_waiting using (may_see(survey_id)) with check (may_see(survey_id));
alter table themed_counts enable row level security;
create policy seen on themed_counts using (may_see(asked_of)) with check (may_see(asked_of));
alter table member_counts enable row level security;
create policy seen on member_counts using (exists (select from agreed_themes t where t.id = theme_id));
alter table suggested_counts enable row level security;
create policy seen on suggested_counts
    using (exists (select from suggested_themes t where t.id = theme_id));

create function count_slot() returns smallint language sql volatile as $$
    select (pg_backend_pid() % 8)::smallint
$$;

-- Adds `d` for each of these responses, which were sent or are taken back, and for what they chose.
create function count_sent(ids uuid[], d integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into response_counts as k (survey_id, wave, voice, helped, demo, slot, n)
    select survey_id, wave, voice, coalesce(helped, ''), route = 'demo', count_slot(), d * count(*)
    from unnest(ids) as i (id)
    join responses r on r.id = i.id
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5
    on conflict (survey_id, wave, voice, helped, demo, slot) do update set n = k.n + excluded.n;
    insert into choice_counts as k (survey_id, wave, voice, question_id, option, slot, n)
    select r.survey_id, r.wave, r.voice, a.question_id, a.value #>> '{}', count_slot(), d * count(*)
    from unnest(ids) as i (id)
    join responses r on r.id = i.id
    join answers a on a.response_id = r.id
    where a.state = 'answered' and not a.free_text
        and jsonb_typeof(a.value) in ('string', 'number')
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5
    on conflict (survey_id, question_id, wave, voice, option, slot)
    do update set n = k.n + excluded.n;
    if d < 0 then
        delete from words_waiting w using unnest(ids) as i (id) where w.response_id = i.id;
        return;
    end if;
    insert into words_waiting (response_id, question_id, survey_id)
    select r.id, a.question_id, r.survey_id
    from unnest(ids) as i (id)
    join responses r on r.id = i.id
    join answers a on a.response_id = r.id
    left join redacted_comments c on c.response_id = r.id and c.question_id = a.question_id
    where a.free_text and a.state = 'answered' and c.response_id is null
    on conflict do nothing;
end $$;

create function count_new_responses() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from new_rows where sent_at is not null) then
        perform count_sent(array(select id from new_rows where sent_at is not null), 1);
    end if;
    return null;
end $$;
create trigger count_new_responses after insert on responses
referencing new table as new_rows for each statement execute function count_new_responses();

create function count_sent_responses() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare sent uuid[];
declare unsent uuid[];
begin
    -- Without a join: a plan that was made for one row would take hours for a hundred thousand.
    sent := array(
        select id from new_rows where sent_at is not null
        except select id from old_rows where sent_at is not null
    );
    unsent := array(
        select id from old_rows where sent_at is not null
        except select id from new_rows where sent_at is not null
    );
    if sent <> '{}' then
        perform count_sent(sent, 1);
    end if;
    if unsent <> '{}' then
        perform count_sent(unsent, -1);
    end if;
    return null;
end $$;
create trigger count_sent_responses after update on responses
referencing old table as old_rows new table as new_rows
for each statement execute function count_sent_responses();

-- Whoever counts anew what is in a theme waits for others who do, and for who takes answers back. It is
-- held before any count is touched, so that nobody waits in a circle.
create function hold_themed(asked text, question text) returns void language sql volatile as $$
    select pg_advisory_xact_lock(hashtextextended(asked || chr(31) || question, 8410511))
$$;

create function count_themed(asked text, question text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform hold_themed(asked, question);
    update themed_counts set n = 0 where asked_of = asked and question_id = question;
    insert into themed_counts as k (asked_of, question_id, wave, n)
    select asked, question, r.wave, count(distinct m.response_id)
    from agreed_themes t
    join agreed_members m on m.theme_id = t.id and m.question_id = t.question_id
    join redacted_comments c on c.response_id = m.response_id and c.question_id = m.question_id
    join responses r on r.id = m.response_id
    where t.asked_of = asked and t.question_id = question and t.ended_at is null and c.words <> ''
    group by r.wave
    on conflict (asked_of, question_id, wave) do update set n = excluded.n;
end $$;

-- Takes off the counts what is about to be deleted: a comment, or (question null) all of a response.
create function uncount_comments(response uuid, question text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare about record;
begin
    for about in
        select t.asked_of, t.question_id, r.wave
        from agreed_members m
        join agreed_themes t on t.id = m.theme_id and t.question_id = m.question_id
        join redacted_comments c on c.response_id = m.response_id and c.question_id = m.question_id
        join responses r on r.id = m.response_id
        where m.response_id = response and (question is null or m.question_id = question)
            and t.ended_at is null and c.words <> ''
        group by 1, 2, 3
        order by 1, 2, 3
    loop
        perform hold_themed(about.asked_of, about.question_id);
        update themed_counts set n = n - 1
        where asked_of = about.asked_of and question_id = about.question_id and wave = about.wave;
    end loop;
    update member_counts k set n = k.n - 1, in_part = k.in_part - m.in_part::integer
    from agreed_members m
    join responses r on r.id = m.response_id
    where m.response_id = response and (question is null or m.question_id = question)
        and k.theme_id = m.theme_id and k.wave = r.wave and k.voice = r.voice
        and k.helped = coalesce(r.helped, '') and k.demo = (r.route = 'demo');
    insert into suggested_counts as k (theme_id, voice, n)
    select m.theme_id, r.voice, -count(*)
    from suggested_members m
    join responses r on r.id = m.response_id
    where m.response_id = response and (question is null or m.question_id = question)
    group by 1, 2
    order by 1, 2
    on conflict (theme_id, voice) do update set n = k.n + excluded.n;
    insert into comment_counts as k (survey_id, question_id, wave, voice, empty, slot, n)
    select r.survey_id, c.question_id, r.wave, r.voice, c.words = '', count_slot(), -count(*)
    from redacted_comments c
    join responses r on r.id = c.response_id
    where c.response_id = response and (question is null or c.question_id = question)
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5
    on conflict (survey_id, question_id, wave, voice, empty, slot)
    do update set n = k.n + excluded.n;
end $$;

create function uncount_response() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform uncount_comments(old.id, null);
    perform count_sent(array[old.id], -1);
    return old;
end $$;
create trigger uncount_response before delete on responses
for each row when (old.sent_at is not null) execute function uncount_response();

-- A comment that goes with its whole response was counted off with it: then the response is gone.
create function uncount_comment() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from responses where id = old.response_id) then
        perform uncount_comments(old.response_id, old.question_id);
    end if;
    return old;
end $$;
create trigger uncount_comment before delete on redacted_comments
for each row execute function uncount_comment();

create function count_new_comments() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into comment_counts as k (survey_id, question_id, wave, voice, empty, slot, n)
    select r.survey_id, c.question_id, r.wave, r.voice, c.words = '', count_slot(), count(*)
    from new_rows c
    join responses r on r.id = c.response_id
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5
    on conflict (survey_id, question_id, wave, voice, empty, slot)
    do update set n = k.n + excluded.n;
    return null;
end $$;
create function count_read_words() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from words_waiting w
    using new_rows c
    where w.response_id = c.response_id and w.question_id = c.question_id;
    return null;
end $$;
create trigger count_read_words after insert on redacted_comments
referencing new table as new_rows for each statement execute function count_read_words();
create trigger count_new_comments after insert on redacted_comments
referencing new table as new_rows for each statement execute function count_new_comments();

-- All words may be taken out of a comment: then it is empty.
create function count_emptied_comments() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare about record;
begin
    if not exists (
        select response_id, question_id, words = '' from new_rows
        except select response_id, question_id, words = '' from old_rows
    ) then
        return null;
    end if;
    insert into comment_counts as k (survey_id, question_id, wave, voice, empty, slot, n)
    select r.survey_id, c.question_id, r.wave, r.voice, c.words = '', count_slot(), sum(c.d)
    from (
        select response_id, question_id, words, 1 as d from new_rows
        union all
        select response_id, question_id, words, -1 from old_rows
    ) c
    join responses r on r.id = c.response_id
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5
    on conflict (survey_id, question_id, wave, voice, empty, slot)
    do update set n = k.n + excluded.n;
    for about in
        select distinct t.asked_of, t.question_id
        from new_rows c
        join agreed_members m on m.response_id = c.response_id and m.question_id = c.question_id
        join agreed_themes t on t.id = m.theme_id
        order by 1, 2
    loop
        perform count_themed(about.asked_of, about.question_id);
    end loop;
    return null;
end $$;
create trigger count_emptied_comments after update on redacted_comments
referencing old table as old_rows new table as new_rows
for each statement execute function count_emptied_comments();

-- Adds `d` for each of these rows of agreed_members. A row whose comment is gone was counted off with it.
create function count_members(members agreed_members[], d integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare abouts text[][];
declare place integer;
begin
    select coalesce(array_agg(array[asked_of, question_id] order by asked_of, question_id), '{}')
    into abouts
    from (
        select distinct t.asked_of, t.question_id
        from unnest(members) m
        join agreed_themes t on t.id = m.theme_id
        join redacted_comments c
            on c.response_id = m.response_id and c.question_id = m.question_id
    ) each;
    for place in 1 .. coalesce(array_length(abouts, 1), 0) loop
        perform hold_themed(abouts[place][1], abouts[place][2]);
    end loop;
    insert into member_counts as k (theme_id, wave, voice, helped, demo, n, in_part)
    select m.theme_id, r.wave, r.voice, coalesce(r.helped, ''), r.route = 'demo', d * count(*),
        d * count(*) filter (where m.in_part)
    from unnest(members) m
    join agreed_themes t on t.id = m.theme_id
    join redacted_comments c on c.response_id = m.response_id and c.question_id = m.question_id
    join responses r on r.id = m.response_id
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5
    on conflict (theme_id, wave, voice, helped, demo)
    do update set n = k.n + excluded.n, in_part = k.in_part + excluded.in_part;
    for place in 1 .. coalesce(array_length(abouts, 1), 0) loop
        perform count_themed(abouts[place][1], abouts[place][2]);
    end loop;
end $$;

create function count_new_members() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform count_members(array(select row(n.*)::agreed_members from new_rows n), 1);
    return null;
end $$;
create trigger count_new_members after insert on agreed_members
referencing new table as new_rows for each statement execute function count_new_members();

create function count_lost_members() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform count_members(array(select row(o.*)::agreed_members from old_rows o), -1);
    return null;
end $$;
create trigger count_lost_members after delete on agreed_members
referencing old table as old_rows for each statement execute function count_lost_members();

create function count_themes_that_end() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform count_themed(new.asked_of, new.question_id);
    return null;
end $$;
create trigger count_themes_that_end after update on agreed_themes
for each row when (old.ended_at is distinct from new.ended_at)
execute function count_themes_that_end();

create function count_suggested() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into suggested_counts as k (theme_id, voice, n)
    select m.theme_id, r.voice, count(*)
    from new_rows m
    join responses r on r.id = m.response_id
    group by 1, 2
    order by 1, 2
    on conflict (theme_id, voice) do update set n = k.n + excluded.n;
    return null;
end $$;
create trigger count_suggested after insert on suggested_members
referencing new table as new_rows for each statement execute function count_suggested();

-- Only triggers count.
revoke execute on function count_sent, count_themed, uncount_comments, count_members, hold_themed
from public;

-- What is there already.
select count_sent(array(select id from responses where sent_at is not null), 1);
insert into comment_counts (survey_id, question_id, wave, voice, empty, slot, n)
select r.survey_id, c.question_id, r.wave, r.voice, c.words = '', 0, count(*)
from redacted_comments c
join responses r on r.id = c.response_id
group by 1, 2, 3, 4, 5;
insert into member_counts (theme_id, wave, voice, helped, demo, n, in_part)
select m.theme_id, r.wave, r.voice, coalesce(r.helped, ''), r.route = 'demo', count(*),
    count(*) filter (where m.in_part)
from agreed_members m
join responses r on r.id = m.response_id
group by 1, 2, 3, 4, 5;
insert into suggested_counts (theme_id, voice, n)
select m.theme_id, r.voice, count(*)
from suggested_members m
join responses r on r.id = m.response_id
group by 1, 2;
select count_themed(asked_of, question_id)
from (select distinct asked_of, question_id from agreed_themes) each;

-- The first comments of a question in the order of ids, which are drawn by chance, are a fair sample.
drop index redacted_comments_by_question;
create index redacted_comments_by_question on redacted_comments (question_id, response_id);
create index agreed_members_by_score on agreed_members (theme_id, score);
create index agreed_members_for_quotes
on agreed_members (theme_id, quote_place, score desc, response_id);
create index agreed_members_publishable on agreed_members (theme_id) where publishable;
create index answers_in_words on answers (response_id, question_id) where free_text;
