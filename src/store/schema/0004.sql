-- Words of the author's own, and the full text of what the index lists. The text itself stays in `content`: the full-text table reads it through the view.
alter table revision_item add column tags text;        -- JSON list; absent where there are none

create index revision_item_content on revision_item (content);

create view searchable as
select
  content.id,
  max(part.value) filter (where part.path = '$' and part.key in ('stem', 'front', 'text')) as prompt,
  group_concat(part.value, char(10) order by part.id) filter (
    where part.path = '$.extra'
      or (part.path = '$' and part.key = 'stimulus')
      or (part.path like '$.choices[%' and part.key = 'text')
      or (part.path like '$.slots[%' and part.key in ('label', 'key'))
  ) as options,                        -- what a candidate reads beside the prompt
  group_concat(part.value, char(10) order by part.id) filter (
    where part.key = 'why' or part.path = '$.accept' or (part.path = '$' and part.key in ('shown', 'back'))
  ) as told                            -- what is told after the answer
from content, json_tree(content.body) as part
where part.type = 'text'
group by content.id;

-- Has the rows of `searchable` that some row of `revision_item` lists.
create virtual table item_text using fts5 (
  prompt, options, told,
  content = 'searchable', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);

insert into item_text (rowid, prompt, options, told)
select id, prompt, options, told from searchable where id in (select content from revision_item);
