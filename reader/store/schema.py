"""The library's schema as SQL text, and the steps from each older version to the newest.

`MIGRATIONS[n]` takes a library from version n to n + 1; a new library starts at version 0, so the list as a whole is
the schema. A published entry is never edited: a change of the schema is a new entry at the end.
"""

from __future__ import annotations

APPLICATION_ID = 0x52444552
"""Written into the file's header, "RDER": tells a library of reader from any other SQLite file."""

BOOKMARKS = 1
"""The id of the first reading list, "Bookmarks", which always exists."""

_VERSION_1 = f"""
-- The journal: every change of the library is one step, written in the transaction of the change itself.
create table steps (
    id      integer primary key autoincrement,
    at      text not null,              -- ISO 8601, UTC
    kind    text not null,              -- what was done: "import", "bookmark"
    label   text not null,              -- the same for people: "bookmarked: A title"
    origin  text not null,              -- the window or command that did it
    state   text not null check (state in ('pending', 'done', 'undone', 'closed')),
                                        -- closed: undone, and something else was done since
    undone_from integer                 -- while undone: the number of its last change; those after it undid it further
) strict;
create index steps_by_state on steps (state, id);

-- What a step did to single rows: its columns before and after as JSON, null where there was no row.
create table changes (
    step    integer not null references steps (id) on delete cascade,
    n       integer not null,
    tbl     text not null,
    before  text,
    after   text,
    primary key (step, n)
) without rowid, strict;

-- An import's new papers are the run of ids from first_paper on: while its step is pending, readers pass over them.
-- Only the holder of the import lock adds papers, so that the runs never overlap.
create table imports (
    step         integer primary key references steps (id) on delete cascade,
    first_paper  integer not null,
    last_paper   integer,               -- null until the import is complete
    learned      integer not null default 0     -- whether its words began to reach the vocabulary
) strict;

-- The narrow part of a paper: what the list shows and sorts by. Long texts are in `texts`.
create table papers (
    id                  integer primary key,
    key                 text not null unique,
    day                 integer not null,   -- of the newest page it was seen on, as 20260131
    rank                integer not null,   -- on that page
    title               text not null,
    title_key           integer not null,   -- of the folded title: papers that may be one have it in common
    published           text,               -- 2021-08-30, 2021-08, 2021 or --07-31
    published_inferred  integer not null default 0,
    comments            integer,
    upvotes             integer,
    author_count        integer,
    arxiv_id            text,
    arxiv_version       integer,
    doi                 text,
    url                 text,
    organization        text,
    authors             text,               -- this and the next two: JSON lists, null where unknown
    categories          text,
    links               text,
    step                integer not null references steps (id)
) strict;
create index papers_in_order on papers (day desc, rank, key);
create index papers_by_title on papers (title_key);

create table texts (
    paper     integer primary key references papers (id) on delete cascade,
    abstract  text,
    summary   text
) strict;

-- What else a paper is found by: "arxiv:1706.03762", "doi:10.1000/1", and text keys it had under another spelling.
create table identifiers (
    value  text primary key,
    paper  integer not null references papers (id) on delete cascade
) without rowid, strict;
create index identifiers_by_paper on identifiers (paper);

create table sources (
    id         integer primary key,
    digest     text not null unique,    -- SHA-256 of its content
    name       text not null,
    kind       text not null,
    page_date  text,
    page_date_inferred integer not null default 0,  -- whether its year was concluded
    page_year  integer,                 -- the year that its dates without one belong to, where it can be concluded
    day        integer not null,        -- the page's date, or else that of its import, as 20260131
    seen       text not null,
    step       integer not null references steps (id)
) strict;

create table sightings (
    source   integer not null references sources (id) on delete cascade,
    paper    integer not null references papers (id) on delete cascade,
    rank     integer not null,          -- the paper's place on the page, from 1
    printed  text,                      -- the paper's date, where the page printed it without a year
    comments integer,                   -- the counts that the page printed
    upvotes  integer,
    primary key (source, paper)
) without rowid, strict;
create index sightings_by_paper on sightings (paper);

-- Records that were taken for another spelling of a paper, as JSON: what splitting a paper brings back.
create table joined (
    key     text primary key,           -- the record's own text key
    paper   integer not null references papers (id) on delete cascade,
    source  integer not null references sources (id) on delete cascade,
    rank    integer not null,
    record  text not null,
    before  text not null               -- the paper as it was before the record joined it
) without rowid, strict;
create index joined_by_paper on joined (paper);

-- What could not be read, until its file is imported again.
create table rejected (
    id      integer primary key,
    file    text not null,
    source  integer references sources (id) on delete cascade,     -- null where the file as a whole could not be read
    line    integer,
    reason  text not null,
    text    text not null,
    at      text not null
) strict;
create index rejected_by_file on rejected (file);
create index rejected_by_source on rejected (source);

create table lists (
    id        integer primary key,
    name      text not null unique collate nocase,
    position  integer not null
) strict;
insert into lists (id, name, position) values ({BOOKMARKS}, 'Bookmarks', 1);

create table list_entries (
    list      integer not null references lists (id) on delete cascade,
    paper     integer not null references papers (id) on delete cascade,
    position  integer not null,
    added     text not null,
    primary key (list, paper)
) without rowid, strict;
create index list_entries_in_order on list_entries (list, position);
create index list_entries_by_paper on list_entries (paper);

-- Full text. Titles have an index of their own, because ranking costs time for every hit.
create view searchable as
    select papers.id, papers.title, texts.abstract, papers.authors
    from papers join texts on texts.paper = papers.id;
create virtual table title_index using fts5 (
    title, content = 'papers', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
create virtual table text_index using fts5 (
    title, abstract, authors, content = 'searchable', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
create virtual table title_words using fts5vocab (title_index, row);
create virtual table text_words using fts5vocab (text_index, row);

-- The index follows changes and removals by itself; what is inserted is indexed by whoever inserts it, because an
-- import does that for many papers at once. When a paper goes, its text is still there, and the cascade that removes
-- the text then finds no paper to take out of the index again.
create trigger papers_before_delete before delete on papers begin
    insert into title_index (title_index, rowid, title) values ('delete', old.id, old.title);
    insert into text_index (text_index, rowid, title, abstract, authors)
        select 'delete', id, title, abstract, authors from searchable where id = old.id;
end;
create trigger texts_before_delete before delete on texts begin
    insert into text_index (text_index, rowid, title, abstract, authors)
        select 'delete', id, title, abstract, authors from searchable where id = old.paper;
end;
create trigger papers_before_update before update of title, authors on papers begin
    insert into title_index (title_index, rowid, title) values ('delete', old.id, old.title);
    insert into text_index (text_index, rowid, title, abstract, authors)
        select 'delete', id, title, abstract, authors from searchable where id = old.id;
end;
create trigger papers_after_update after update of title, authors on papers begin
    insert into title_index (rowid, title) values (new.id, new.title);
    insert into text_index (rowid, title, abstract, authors)
        select id, title, abstract, authors from searchable where id = new.id;
end;
create trigger texts_before_update before update of abstract on texts begin
    insert into text_index (text_index, rowid, title, abstract, authors)
        select 'delete', id, title, abstract, authors from searchable where id = old.paper;
end;
create trigger texts_after_update after update of abstract on texts begin
    insert into text_index (rowid, title, abstract, authors)
        select id, title, abstract, authors from searchable where id = new.paper;
end;

-- The vocabulary: every word of the index with the number of papers that hold it, and each word less one letter,
-- by which a misspelt word finds the words near it without looking at the others.
create table words (
    id      integer primary key,
    word    text not null unique,
    titles  integer not null,
    papers  integer not null
) strict;
create table shortenings (
    shortened  text not null,
    word       integer not null references words (id) on delete cascade,
    primary key (shortened, word)
) without rowid, strict;
"""

_VERSION_2 = """
-- What a user makes of papers: tags, notes and marks. All of it goes with its paper.
create table tags (
    paper   integer not null references papers (id) on delete cascade,
    folded  text not null,              -- as it is compared: NFKC, without case, white space collapsed
    tag     text not null,              -- as it was typed
    primary key (paper, folded)
) without rowid, strict;
create index tags_by_tag on tags (folded, paper);

create table notes (
    paper    integer primary key references papers (id) on delete cascade,
    text     text not null,
    changed  text not null              -- ISO 8601, UTC
) strict;

-- A paper without a row is neither read nor dismissed. Most papers have none, which keeps both indexes small.
create table marks (
    paper      integer primary key references papers (id) on delete cascade,
    read       integer not null check (read in (0, 1)),
    dismissed  integer not null check (dismissed in (0, 1)),
    check (read or dismissed)
) strict;
create index marks_read on marks (paper) where read;
create index marks_dismissed on marks (paper) where dismissed;

create table saved_searches (
    id        integer primary key,
    name      text not null unique collate nocase,
    query     text not null,
    position  integer not null
) strict;

-- When a paper first reached the library that it was carried over from; null where its step says when it came.
alter table papers add column added text;

-- What a machine found a paper to be about: kept apart from its abstract, a JSON list like authors.
alter table papers add column keywords text;

-- The order of undo, numbers that are never given twice, and what splitting a paper gives back.
--
-- A step's number is taken when it begins, its turn in undo and redo when it is done: null while it is pending.
alter table steps add column turn integer;
update steps set turn = id where state <> 'pending';
drop index steps_by_state;
create index steps_by_state on steps (state, turn);
create index steps_by_turn on steps (turn);

-- The last number given to a source, and to a record that could not be read.
create table numbers (
    name  text primary key,
    last  integer not null
) without rowid, strict;
insert into numbers (name, last) select 'sources', coalesce(max(id), 0) from sources;
insert into numbers (name, last) select 'rejected', coalesce(max(id), 0) from rejected;

-- Paths that could not be opened are no longer kept.
delete from rejected where source is null and line is null and reason = 'no such file';

-- Papers that were merged into another by hand, with all that they had.
create table merged (
    id      integer primary key,
    key     text not null unique,       -- the key of the paper that went
    paper   integer not null references papers (id) on delete cascade,      -- the one that it went into
    before  text not null,              -- that one as it was before, as JSON
    had     text not null               -- the rows of the one that went and what they changed, as JSON
) strict;
create index merged_by_paper on merged (paper);
-- The end of the order of undo, numbers and what splitting gives back.

-- What searches filter by, each found without reading all papers. A paper's own list in `papers` is what was imported;
-- these follow it.
create table categories (
    category  text not null collate nocase,
    paper     integer not null,
    primary key (category, paper)
) without rowid, strict;
insert or ignore into categories (category, paper)
    select value, papers.id from papers, json_each(papers.categories) where papers.categories is not null;
create trigger categories_after_insert after insert on papers when new.categories is not null begin
    insert or ignore into categories (category, paper) select value, new.id from json_each(new.categories);
end;
create trigger categories_after_update after update of categories on papers begin
    delete from categories where paper = new.id and category in (select value from json_each(old.categories));
    insert or ignore into categories (category, paper) select value, new.id from json_each(new.categories);
end;
create trigger categories_after_delete after delete on papers when old.categories is not null begin
    delete from categories where paper = old.id and category in (select value from json_each(old.categories));
end;
create index papers_by_published on papers (published);
create index papers_with_code on papers (id) where links like '%//github.com/%' or links like '%//gitlab.%'
    or links like '%//bitbucket.org/%' or links like '%//codeberg.org/%';

-- The ends of words of scripts that set no spaces between words, by which a word within a longer one is found.
create table suffixes (
    suffix  text not null,
    word    integer not null references words (id) on delete cascade,
    primary key (suffix, word)
) without rowid, strict;
insert or ignore into suffixes (suffix, word)
    with recursive ends (suffix, word) as (
        select substr(word, 2), id from words where word glob '*[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]*'
        union all select substr(suffix, 2), word from ends where length(suffix) > 1
    )
    select suffix, word from ends where suffix <> '';
"""

_VERSION_3 = """
-- Orders. Each order that papers are read in has an index that holds it whole, so that any part of a list costs the
-- same in every library: a day, a rank and a key after what it is ordered by, and nothing that is unknown.
-- What is unknown stands last; papers_in_order tells which these are without reading the papers.
drop index papers_in_order;
create index papers_in_order on papers (day desc, rank, key, comments, upvotes);
drop index papers_by_published;
create index papers_by_published on papers (published desc, day desc, rank, key);
create index papers_by_comments on papers (comments desc, day desc, rank, key) where comments is not null;
create index papers_by_upvotes on papers (upvotes desc, day desc, rank, key) where upvotes is not null;
create index papers_in_title_order on papers (title collate nocase, key);
-- A paper was added when its step was made, unless it was carried over. The first also spares a step that goes a search
-- through all papers for those that refer to it.
create index papers_by_step on papers (step, day desc, rank, key, added);
create index papers_carried_over on papers (added desc, step desc, day desc, rank, key) where added is not null;
-- The end of orders.
"""

MIGRATIONS: tuple[str, ...] = (_VERSION_1, _VERSION_2, _VERSION_3)

VERSION = len(MIGRATIONS)
"""The schema version this program reads and writes, kept in `user_version`."""
