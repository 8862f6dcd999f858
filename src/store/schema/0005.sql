-- What the drill finds its cards by. The folds are folded again after this step, and the concepts of decks are listed.

-- Cards by their concept, so that no row carries a number of its own.
drop table card;
create table card (
  deck integer not null references deck,
  concept text not null,
  repetition integer not null,
  interval_days integer not null,
  ease_hundredths integer not null,
  due integer not null,
  n_lapses integer not null,
  last_review integer,                 -- absent before the first
  introduced_on integer,               -- absent for a card that a sitting made
  repeat_on integer,                   -- absent unless the card must come again that day
  last_answer integer,                 -- study day of the newest answer since there is a card; absent before the first
  primary key (deck, concept)
) strict, without rowid;

create index card_due on card (deck, due);
create index card_repeat on card (deck, repeat_on) where repeat_on is not null;
create index card_introduced on card (deck, introduced_on) where introduced_on is not null;

-- One row for each answer that stands, drilled or in a sitting.
drop table answer_time;
create table answer (
  deck integer not null references deck,
  study_day integer not null,
  event integer not null references event,
  item integer not null references item,
  is_right integer not null,
  kind integer,                        -- type of item; absent for an answer in a sitting
  answer_ms integer,                   -- absent for an answer in a sitting
  is_first integer not null,           -- the drill met the concept for the first time
  recall_ppm integer,                  -- what was expected, in millionths: by the model alone; absent if nothing was
  chance_ppm integer,                  -- without knowledge
  p_right_ppm integer,                 -- of a right answer
  primary key (deck, study_day, event)
) strict, without rowid;

-- Times and changes of answers are taken from the log.
alter table sitting drop column current_position;
alter table sitting drop column current_since_ms;
alter table sitting_item drop column spent_ms;
alter table sitting_item drop column n_changes;

-- The index of decks.
alter table revision_item add column domain integer not null default 0;
alter table revision_item add column is_live integer not null default 1;   -- whether it may be drilled
alter table revision_item add column is_exam integer not null default 0;   -- whether a form may be drawn with it
update revision_item
set domain = json_extract(facts, '$.domain'),
    is_live = json_extract(facts, '$.status') is null,
    is_exam = json_extract(facts, '$.status') is null and json_extract(facts, '$.kind') <> 'Flashcard';

create index revision_item_concept on revision_item (revision, concept);
create index revision_item_item on revision_item (item, revision);

-- Concepts and domains of the live items of an indexed deck; `is_met`, `is_open` and `n_unseen` follow the cards and exposures.
create table concept (
  revision integer not null references revision,
  name text not null,
  place integer not null,              -- position of its first item
  domain integer not null,             -- of its first item
  kind integer not null,               -- type of its first item, as in `answer`
  is_met integer not null,             -- it has a card
  is_open integer not null,            -- it holds a flashcard or an item that was shown: the reserve does not touch it
  primary key (revision, name)
) strict, without rowid;

create index concept_new on concept (revision, domain, is_open, place) where is_met = 0;

create table revision_domain (
  revision integer not null references revision,
  domain integer not null,
  n_concepts integer not null,
  n_items integer not null,            -- exam items
  n_unseen integer not null,           -- exam items that were never shown
  chance real not null,                -- mean over the exam items: of a right answer without knowledge
  primary key (revision, domain)
) strict, without rowid;

-- The cards most worth showing on a day, for drills by the minute: scratch, outside the log.
create table shortlist (
  deck integer not null references deck,
  concept text not null,
  primary key (deck, concept)
) strict, without rowid;

create table shortlist_of (
  deck integer primary key references deck,
  made_for text not null               -- the day, revision and target that it was made for
) strict;

-- What deck files looked like from outside when they were hashed, so that unchanged ones are not read.
create table deck_stamp (
  path text primary key,
  stamp text not null,                 -- sizes, times and places on the disk
  hash blob not null                   -- 16 bytes, over the files
) strict, without rowid;
