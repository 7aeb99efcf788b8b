-- include: feature/quote/quote_codes.h
-- type: Quote {id: QuoteId, participant: ParticipantId, words: sealed(quote.words, participant, id), topic: QuoteTopic, occasion: QuoteOccasion, said: date, made: time, made_by: text?}

-- name: quote_insert :exec (Quote)
INSERT INTO quote (tenant, id, participant, words, topic, occasion, said, made, made_by)
VALUES (:tenant, :id, :participant, :words, :topic, :occasion, :said, :made, :made_by);

-- name: quote_of :many(1000) (participant: ParticipantId) -> Quote
-- Newest first.
SELECT id, participant, words, topic, occasion, said, made, made_by
  FROM quote
 WHERE tenant = :tenant AND participant = :participant
 ORDER BY said DESC, id DESC
 LIMIT 1000;

-- name: quote_admitted :one (participant: ParticipantId) -> date
SELECT admitted FROM participant
 WHERE tenant = :tenant AND id = :participant;

-- name: quote_delete :count (id: QuoteId, participant: ParticipantId)
DELETE FROM quote
 WHERE tenant = :tenant AND id = :id AND participant = :participant;
