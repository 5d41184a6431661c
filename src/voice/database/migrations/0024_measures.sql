-- A measure of success: what is measured in an area of a framework, where it began, where it is to
-- be and by when. Each saving is a new row, and no row is ever changed.
create table measures (
    id bigint generated always as identity primary key,
    number integer not null,
    version integer not null,
    framework_id text not null,
    area_id text not null,
    name text not null check (name <> ''),
    easy_name text not null check (easy_name <> ''),
    better text not null check (better in ('higher', 'lower')),
    -- Of an outside figure: its unit and source. Of answers: the question and the options counted.
    unit text not null default '',
    source text not null default '',
    survey_id text,
    question_id text,
    options text[] not null default '{}',
    baseline numeric,
    baseline_on date,
    target numeric,
    target_on date,
    milestones numeric[] not null default '{}',
    milestone_days date[] not null default '{}',
    pledges integer[] not null default '{}',
    published boolean not null,
    demo boolean not null default false,
    written_by bigint not null references people,
    written_at timestamptz not null default now(),
    unique (number, version),
    check ((baseline is null) = (baseline_on is null)),
    check ((target is null) = (target_on is null)),
    check (cardinality(milestones) = cardinality(milestone_days)),
    check ((survey_id is null) = (question_id is null)),
    check ((survey_id is null) = (options = '{}')),
    check (survey_id is null or (baseline is null and unit = '' and source = '')),
    check (survey_id is not null or source <> '')
);
create sequence measure_numbers owned by measures.number;

-- What was found: a figure with its day and source, or what the answers of a wave say. A figure that
-- is mended is a new row for the same day or wave; the one before stays.
create table measure_actuals (
    id bigint generated always as identity primary key,
    number integer not null,
    on_day date not null,
    source text not null default '',
    -- Null: too few people answered for it to be shown.
    value numeric,
    -- Why it cannot be compared with the one before; empty: it can.
    not_comparable text not null default '',
    note text not null default '',
    -- Of answers only, and rounded: nothing here tells more than a page may show.
    wave text,
    asked text not null default '',
    people integer,
    low integer,
    high integer,
    -- Null: the machine counted it.
    written_by bigint references people,
    written_at timestamptz not null default now(),
    check (wave is not null or (value is not null and source <> '')),
    check (num_nonnulls(people, low, high) in (0, 3)),
    check (people is null or value is not null)
);
create index measure_actuals_by_number on measure_actuals (number, on_day);

create trigger measures_only_added_to before update or delete or truncate on measures
for each statement execute function never_changed();
create trigger measure_actuals_only_added_to
before update or delete or truncate on measure_actuals
for each statement execute function never_changed();

-- What comes of a survey's answers is seen by who may see the survey.
alter table measures enable row level security;
create policy seen on measures
    using (survey_id is null or may_see(survey_id))
    with check (survey_id is null or may_see(survey_id));
alter table measure_actuals enable row level security;
create policy seen on measure_actuals
    using (exists (select from measures m where m.number = measure_actuals.number))
    with check (exists (select from measures m where m.number = measure_actuals.number));
