-- The truth: devices, names, contents and the log.
create table device (
  id integer primary key,
  name blob not null unique            -- 16 random bytes
) strict;

create table deck (
  id integer primary key,
  name text not null unique
) strict;

create table item (
  id integer primary key,
  deck integer not null references deck,
  name text not null,
  unique (deck, name)
) strict;

create table content (
  id integer primary key,
  hash blob not null unique,           -- 16 bytes, over `body`
  body text not null                   -- JSON
) strict;

create table event (
  seq integer primary key,
  device integer not null references device,
  device_seq integer not null,         -- 1, 2, 3, ... on its device
  at integer not null,                 -- milliseconds since 1970-01-01 UTC; never runs backwards on a device
  study_day integer not null,          -- days since 1970-01-01
  kind integer not null,
  item integer references item,        -- absent where the event is about no item
  body blob not null,                  -- version byte, then the packed record of the kind
  chain blob not null                  -- 16 bytes: hash of this event and the chain before it
) strict;

-- The index of decks: can be read again from their files.
create table revision (
  id integer primary key,
  deck integer not null references deck,
  hash blob not null unique,           -- 16 bytes, over the deck's files
  outline text not null                -- JSON
) strict;

create table revision_item (
  revision integer not null references revision,
  position integer not null,
  item integer not null references item,
  content integer not null references content,
  concept text not null,
  facts text not null,                 -- JSON: domain, task, kind, difficulty, skill
  primary key (revision, position)
) strict, without rowid;

create table deck_source (
  deck integer primary key references deck,
  path text not null                   -- where the deck was last read from
) strict;

-- Folds of the log: `data rebuild` empties and fills them again.
create table setting (
  name text primary key,
  value text not null
) strict, without rowid;

create table sitting (
  number integer primary key,          -- 1, 2, 3, ... as the learner sees it
  device integer not null references device,
  start integer not null,              -- device_seq of the event that started it
  deck integer not null references deck,
  start_event integer not null references event,
  kind integer not null,
  anchor_elapsed_ms integer not null,
  anchor_at integer not null,          -- milliseconds since 1970-01-01 UTC
  anchor_boot blob,                    -- absent without a clock since boot
  anchor_passed_ms integer,            -- absent without a clock since boot
  current_position integer,            -- absent before the first item is shown
  current_since_ms integer not null,
  ending integer,                      -- absent while the sitting is open
  elapsed_ms integer not null,         -- exam time at the newest event
  ended_at integer,                    -- absent while the sitting is open
  unique (device, start)
) strict;

create table sitting_item (
  sitting integer not null references sitting,
  position integer not null,
  is_reached integer not null,
  chosen integer not null,
  struck integer not null,
  is_flagged integer not null,
  confidence integer not null,
  spent_ms integer not null,
  n_changes integer not null,
  primary key (sitting, position)
) strict, without rowid;

create table frozen_reference (
  deck integer not null references deck,
  revision blob not null,
  event integer not null references event,
  primary key (deck, revision)
) strict, without rowid;

create table card (
  id integer primary key,
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
  unique (deck, concept)
) strict;

create index card_due on card (deck, due);

create table card_event (
  deck integer not null references deck,
  concept text not null,
  event integer not null references event,
  primary key (deck, concept, event)
) strict, without rowid;

create table undone (
  event integer primary key references event
) strict;

create table exposure (
  item integer primary key references item,
  n_shown integer not null,
  first_day integer not null,
  last_event integer not null references event,
  last_right integer                   -- absent before the first result
) strict;

create table answer_time (
  kind integer not null,
  event integer not null references event,
  answer_ms integer not null,
  primary key (kind, event)
) strict, without rowid;

-- Scratch, outside the log.
create table heartbeat (
  sitting integer primary key,
  elapsed_ms integer not null
) strict;
