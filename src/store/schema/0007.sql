-- The results of real exams, and which of them were removed; what they say stays in the log.
create table result (
  event integer primary key references event,
  deck integer not null references deck,
  taken_on integer not null            -- days since 1970-01-01
) strict;

create index result_deck on result (deck, taken_on, event);

create table result_removal (
  event integer primary key references event,
  deck integer not null references deck,
  taken_on integer not null            -- of the results that were recorded before and no longer stand
) strict;

create index result_removal_deck on result_removal (deck, taken_on, event);
