-- The author's own words for the items of the index, one by one: what has a tag is found by it.
create table item_tag (
  tag text not null,
  revision integer not null references revision,
  position integer not null,
  primary key (tag, revision, position)
) strict, without rowid;

insert into item_tag (tag, revision, position)
select distinct part.value, revision, position from revision_item, json_each(tags) as part where tags is not null;
