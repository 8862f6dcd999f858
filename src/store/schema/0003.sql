-- What a learner does to cards beside answering. Rows of what was taken back are gone, and come back when it is redone.
create table care (
  deck integer not null references deck,
  concept text not null,
  event integer not null references event,
  what integer not null,               -- 0 suspended, 1 unsuspended, 2 buried
  study_day integer not null,
  primary key (deck, concept, event)
) strict, without rowid;

create table note (
  item integer not null references item,
  event integer not null references event,  -- the newest of an item holds its note
  primary key (item, event)
) strict, without rowid;
