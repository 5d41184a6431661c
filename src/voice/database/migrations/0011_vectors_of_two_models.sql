-- A vector now holds what two models make of a comment; those of one model are made again.
update redacted_comments set vector = null;

-- What a suggested theme says of itself.
alter table suggested_themes
add column description text not null default '',
-- {"positive": 3, "negative": 9, "mixed": 1}, or null if nobody looked.
add column split jsonb,
-- Null where it cannot be said; see voice.themes.sure.
add column stability real,
add column separation real not null default 0,
-- The place in the run of the theme that most of its comments are nearly as close to.
add column near_place integer,
add column between_share real not null default 0,
-- [{"name": "…", "terms": ["…"], "size": 7}], largest first.
add column parts jsonb not null default '[]';

-- Set when it holds comments that are near to a theme that people had agreed before. A suggestion
-- still: they count in the theme only when a person says so.
alter table suggested_themes
add column for_theme bigint references agreed_themes on delete cascade;
create index suggested_themes_by_theme on suggested_themes (for_theme);

alter table theme_runs
-- Comments that people had put in agreed themes already, and those found near to one.
add column n_agreed integer not null default 0,
add column n_placed integer not null default 0;
