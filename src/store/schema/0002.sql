-- Answers that are no choices. `chosen` stays 0 beside them.
alter table sitting_item add column placed blob;   -- absent unless options stand in slots; a byte a slot: the option, counted from 1
alter table sitting_item add column typed text;    -- absent unless a text is typed
