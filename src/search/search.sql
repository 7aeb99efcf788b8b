-- include: search/segment_codes.h
-- type: SearchCollectionRow {id: int, name: text, analysis: int, segments: int, numbers: int, documents: int,
--                            words_0: int, words_1: int, words_2: int, words_3: int, owed: int}
-- type: SearchDocument {collection: int, document: int, record: uuid, words_0: int, words_1: int, words_2: int,
--                       words_3: int}
-- type: SearchSegment {collection: int, id: int, level: int, state: SegmentState, first: int, documents: int,
--                      bytes: int, merge: int?, resume: bytes?}
-- type: SearchPage {collection: int, segment: int, first_key: bytes, piece: int, body: bytes}
-- type: SearchBody {first: int, body: bytes}
-- type: SearchGone {document: int}
-- type: SearchPlace {first_key: bytes, piece: int, body: bytes}

-- name: search_collection_get :one (name: text) -> SearchCollectionRow
SELECT id, name, analysis, segments, numbers, documents, words_0, words_1, words_2, words_3, owed
  FROM search_collection
 WHERE tenant = :tenant AND name = :name;

-- name: search_collection_next :one -> int
SELECT COALESCE(MAX(id), 0) + 1 FROM search_collection WHERE tenant = :tenant;

-- name: search_collection_insert :exec (SearchCollectionRow)
INSERT INTO search_collection (tenant, id, name, analysis, segments, numbers, documents, words_0, words_1, words_2,
                               words_3, owed)
VALUES (:tenant, :id, :name, :analysis, :segments, :numbers, :documents, :words_0, :words_1, :words_2, :words_3, :owed);

-- name: search_collection_update :exec (SearchCollectionRow)
UPDATE search_collection
   SET name = :name, analysis = :analysis, segments = :segments, numbers = :numbers, documents = :documents,
       words_0 = :words_0, words_1 = :words_1, words_2 = :words_2, words_3 = :words_3, owed = :owed
 WHERE tenant = :tenant AND id = :id;

-- name: search_document_of :one (collection: int, record: uuid) -> SearchDocument
SELECT collection, document, record, words_0, words_1, words_2, words_3
  FROM search_document
 WHERE tenant = :tenant AND collection = :collection AND record = :record;

-- name: search_document_record :one (collection: int, document: int) -> uuid
SELECT record FROM search_document WHERE tenant = :tenant AND collection = :collection AND document = :document;

-- name: search_document_insert :exec (SearchDocument)
INSERT INTO search_document (tenant, collection, document, record, words_0, words_1, words_2, words_3)
VALUES (:tenant, :collection, :document, :record, :words_0, :words_1, :words_2, :words_3);

-- name: search_document_delete :exec (collection: int, document: int)
DELETE FROM search_document WHERE tenant = :tenant AND collection = :collection AND document = :document;

-- name: search_gone_insert :exec (collection: int, document: int)
INSERT INTO search_gone (tenant, collection, document) VALUES (:tenant, :collection, :document);

-- name: search_gone_list :many(10000000) (collection: int, merge: int?) -> SearchGone
-- Documents that are no more, rising; only those that a merge drops.
SELECT document
  FROM search_gone
 WHERE tenant = :tenant AND collection = :collection AND (:merge IS NULL OR merge = :merge)
 ORDER BY document;

-- name: search_gone_take :exec (collection: int, merge: int, first: int, behind: int)
UPDATE search_gone
   SET merge = :merge
 WHERE tenant = :tenant AND collection = :collection AND document >= :first AND document < :behind;

-- name: search_gone_delete :exec (collection: int, merge: int)
DELETE FROM search_gone WHERE tenant = :tenant AND collection = :collection AND merge = :merge;

-- name: search_segments :many(10000) (collection: int) -> SearchSegment
SELECT collection, id, level, state, first, documents, bytes, merge, resume
  FROM search_segment
 WHERE tenant = :tenant AND collection = :collection
 ORDER BY first, id;

-- name: search_segment_insert :exec (SearchSegment)
INSERT INTO search_segment (tenant, collection, id, level, state, first, documents, bytes, merge, resume)
VALUES (:tenant, :collection, :id, :level, :state, :first, :documents, :bytes, :merge, :resume);

-- name: search_segment_update :exec (SearchSegment)
UPDATE search_segment
   SET level = :level, state = :state, first = :first, documents = :documents, bytes = :bytes, merge = :merge,
       resume = :resume
 WHERE tenant = :tenant AND collection = :collection AND id = :id;

-- name: search_segment_delete :exec (collection: int, id: int)
DELETE FROM search_segment WHERE tenant = :tenant AND collection = :collection AND id = :id;

-- name: search_page_insert :exec (SearchPage)
INSERT INTO search_page (tenant, collection, segment, first_key, piece, body)
VALUES (:tenant, :collection, :segment, :first_key, :piece, :body);

-- name: search_page_delete_from :count (collection: int, segment: int, most: int)
-- The first `most` pages of a segment.
DELETE FROM search_page
 WHERE tenant = :tenant AND collection = :collection AND segment = :segment
   AND (first_key, piece) IN (SELECT q.first_key, q.piece
                                FROM search_page q
                               WHERE q.tenant = :tenant AND q.collection = :collection AND q.segment = :segment
                               ORDER BY q.first_key, q.piece
                               LIMIT :most);

-- name: search_pages_with :each (collection: int, key: bytes) -> SearchBody
-- Of every segment that is read the pages in which the key stands, if it stands in it.
SELECT s.first, p.body
  FROM search_segment s
 CROSS JOIN search_page p
 WHERE p.tenant = s.tenant AND p.collection = s.collection AND p.segment = s.id
   AND p.first_key = (SELECT q.first_key
                        FROM search_page q
                       WHERE q.tenant = s.tenant AND q.collection = s.collection AND q.segment = s.id
                         AND q.first_key <= :key
                       ORDER BY q.first_key DESC
                       LIMIT 1)
   AND s.tenant = :tenant AND s.collection = :collection AND s.state = 'ready'
   AND (p.piece = 0 OR p.first_key = :key)
 ORDER BY s.first, p.piece;

-- name: search_page_at :one (collection: int, segment: int, key: bytes) -> SearchPlace
-- The last page that begins at the key or before.
SELECT first_key, piece, body
  FROM search_page
 WHERE tenant = :tenant AND collection = :collection AND segment = :segment AND first_key <= :key
 ORDER BY first_key DESC, piece DESC
 LIMIT 1;

-- name: search_page_next :one (collection: int, segment: int, key: bytes, piece: int) -> SearchPlace
SELECT first_key, piece, body
  FROM search_page
 WHERE tenant = :tenant AND collection = :collection AND segment = :segment AND (first_key, piece) > (:key, :piece)
 ORDER BY first_key, piece
 LIMIT 1;
