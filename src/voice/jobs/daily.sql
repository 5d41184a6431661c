-- name: first_today
insert into daily_jobs (name, day) values ($1, current_date) on conflict do nothing returning name;

-- name: forget_old_days
delete from daily_jobs where day < current_date - 30;
