-- What lists of sittings and drills are read from without counting and scoring again. The folds are folded again after this step.

-- What each sitting that ended came to.
create table sitting_score (
  sitting integer primary key references sitting,
  body blob not null                   -- the packed row of `scores.rs`
) strict;

-- How many of a day's reviews are right.
alter table review_day add column n_right integer not null default 0;
