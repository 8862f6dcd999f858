-- What statistics are read from without counting the log, and which device writes here.

-- Days with answers that stand, drilled or in a sitting, and how many of them are reviews in the drill.
create table review_day (
  deck integer not null references deck,
  study_day integer not null,
  n_reviews integer not null,
  primary key (deck, study_day)
) strict, without rowid;

insert into review_day (deck, study_day, n_reviews)
select deck, study_day, count(kind) from answer group by deck, study_day;

-- Doubts and their withdrawals are read from the log.
create index event_doubt on event (seq) where kind in (13, 14);

-- The device of this store: until now the first one, since there was no other.
alter table device add column is_own integer not null default 0;
update device set is_own = 1 where id = (select min(id) from device);
create unique index device_own on device (is_own) where is_own = 1;
