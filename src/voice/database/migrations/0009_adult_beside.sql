-- An adult may write down what they saw of a child who could not choose.
alter table answers add column observed boolean not null default false;

alter table responses
    drop constraint responses_helped_check,
    add constraint responses_helped_check
        check (helped in ('alone', 'read', 'said', 'answered', 'observed')),
    -- Half of the people see the faces in the other order, where a survey says so.
    add column swapped boolean not null default false,
    -- What may show that somebody did not understand: told in reports, never a reason to delete.
    add column patterns text[] not null default '{}';
