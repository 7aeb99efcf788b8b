-- The index that records are found by (search/search.h).

-- One kind of records. `segments` have been made, `numbers` documents been given; `documents` are there, with so many
-- words in each field. `owed`: bytes that are still to be merged.
CREATE TABLE search_collection (
  tenant UUID NOT NULL,
  id INT NOT NULL,
  name TEXT NOT NULL,
  analysis INT NOT NULL,
  segments INT NOT NULL,
  numbers INT NOT NULL,
  documents INT NOT NULL,
  words_0 INT NOT NULL,
  words_1 INT NOT NULL,
  words_2 INT NOT NULL,
  words_3 INT NOT NULL,
  owed INT NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, name)
);

CREATE TABLE search_document (
  tenant UUID NOT NULL,
  collection INT NOT NULL,
  document INT NOT NULL,
  record UUID NOT NULL,
  words_0 INT NOT NULL,
  words_1 INT NOT NULL,
  words_2 INT NOT NULL,
  words_3 INT NOT NULL,
  PRIMARY KEY (tenant, collection, document),
  UNIQUE (tenant, collection, record)
);

-- Documents that are no more, until a merge drops their postings: that into segment `merge`.
CREATE TABLE search_gone (
  tenant UUID NOT NULL,
  collection INT NOT NULL,
  document INT NOT NULL,
  merge INT,
  PRIMARY KEY (tenant, collection, document)
) CLUSTERED;

-- `documents` numbers from `first` on. A segment that is growing takes in those that name it; it has all keys up to
-- `resume`.
CREATE TABLE search_segment (
  tenant UUID NOT NULL,
  collection INT NOT NULL,
  id INT NOT NULL,
  level INT NOT NULL,
  state TEXT NOT NULL,
  first INT NOT NULL,
  documents INT NOT NULL,
  bytes INT NOT NULL,
  merge INT,
  resume BYTES,
  PRIMARY KEY (tenant, collection, id)
) CLUSTERED;

CREATE TABLE search_page (
  tenant UUID NOT NULL,
  collection INT NOT NULL,
  segment INT NOT NULL,
  first_key BYTES NOT NULL,
  piece INT NOT NULL,
  body BYTES NOT NULL,
  PRIMARY KEY (tenant, collection, segment, first_key, piece)
);
