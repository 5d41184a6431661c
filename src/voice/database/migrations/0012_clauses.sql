-- True where one clause of a comment speaks of the theme, and the comment as a whole of another.
alter table suggested_members add column in_part boolean not null default false;
alter table agreed_members add column in_part boolean not null default false;
