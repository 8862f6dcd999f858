-- What an answer need not write, and what the newest answers are found by. The folds are folded again after this step.

-- The days of a deck with answers that stand, drilled or in a sitting.
drop table review_day;
create table review_day (
  deck integer not null references deck,
  study_day integer not null,
  n_reviews integer,                   -- in the drill; absent on the deck's newest day, whose answers are counted when asked for
  n_right integer,                     -- of these; absent likewise
  primary key (deck, study_day)
) strict, without rowid;

-- The same with the counts of the newest day.
create view drilled_day as
select deck, study_day,
  coalesce(n_reviews, (
    select count(kind) from answer where answer.deck = review_day.deck and answer.study_day = review_day.study_day
  )) as n_reviews,
  coalesce(n_right, (
    select count(kind) from answer
    where answer.deck = review_day.deck and answer.study_day = review_day.study_day and answer.is_right
  )) as n_right
from review_day;

-- With the domain of an item, so that nothing else is read for it.
drop index revision_item_item;
create index revision_item_item on revision_item (item, revision, domain);
