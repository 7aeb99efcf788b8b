-- include: feature/message/message_codes.h
-- type: Message {id: MessageId, participant: ParticipantId, code: GuestCodeId, kind: MessageKind, channel: MessageChannel, recipient: sealed(message.recipient, participant, id)?, link: sealed(message.link, participant, id)?, made: time, made_by: text?, state: MessageState, tries: int, due: time, changed: time, fault: MessageFault?}
-- type: MessageLine {id: MessageId, kind: MessageKind, channel: MessageChannel, made: time, made_by: text?, state: MessageState, tries: int, due: time, changed: time, fault: MessageFault?}
-- type: MessageDue {id: MessageId, participant: ParticipantId, kind: MessageKind, channel: MessageChannel, recipient: sealed(message.recipient, participant, id)?, link: sealed(message.link, participant, id)?, tries: int, useful: bool}
-- type: MessageStuck {id: MessageId, participant: ParticipantId, kind: MessageKind}
-- type: MessageReach {id: ParticipantId, phone: sealed(participant.phone, id, id)?, email: sealed(participant.email, id, id)?}

-- name: message_insert :exec (Message)
INSERT INTO message (tenant, id, participant, code, kind, channel, recipient, link, made, made_by, state, tries, due,
                     changed, fault)
VALUES (:tenant, :id, :participant, :code, :kind, :channel, :recipient, :link, :made, :made_by, :state, :tries, :due,
        :changed, :fault);

-- name: message_reach :one (id: ParticipantId) -> MessageReach
SELECT id, phone, email FROM participant WHERE tenant = :tenant AND id = :id AND erased IS NULL;

-- name: message_of :many(20) (participant: ParticipantId) -> MessageLine
-- The last ones, newest first.
SELECT id, kind, channel, made, made_by, state, tries, due, changed, fault
  FROM message
 WHERE tenant = :tenant AND participant = :participant
 ORDER BY made DESC, id DESC
 LIMIT 20;

-- name: message_count_due :one (now: time) -> int
SELECT count(*) FROM message WHERE tenant = :tenant AND state = 'waits' AND due <= :now;

-- name: message_count_stuck :one (before: time) -> int
SELECT count(*) FROM message WHERE tenant = :tenant AND state = 'sending' AND changed < :before;

-- name: message_next :one (now: time) -> MessageDue
-- What has waited longest, and whether its link, if it is one, still lets in.
SELECT m.id, m.participant, m.kind, m.channel, m.recipient, m.link, m.tries,
       (m.kind <> 'link' OR (k.ended IS NULL AND k.expires > :now)) AS useful
  FROM message m
  JOIN guest_code k ON k.tenant = m.tenant AND k.id = m.code
 WHERE m.tenant = :tenant AND m.state = 'waits' AND m.due <= :now
 ORDER BY m.due, m.id
 LIMIT 1;

-- name: message_set_sending :count (id: MessageId, now: time)
UPDATE message SET state = 'sending', tries = tries + 1, changed = :now
 WHERE tenant = :tenant AND id = :id AND state = 'waits';

-- name: message_set_waiting :count (id: MessageId, now: time, due: time, fault: MessageFault)
UPDATE message SET state = 'waits', due = :due, changed = :now, fault = :fault
 WHERE tenant = :tenant AND id = :id AND state = 'sending';

-- name: message_set_over :count (id: MessageId, now: time, state: MessageState, fault: MessageFault?)
-- To whom and with which link is of no use any more. What was called unknown too early is known now.
UPDATE message SET state = :state, recipient = NULL, link = NULL, changed = :now, fault = :fault
 WHERE tenant = :tenant AND id = :id AND state IN ('sending', 'unknown');

-- name: message_set_useless :count (id: MessageId, now: time)
-- Only while it waits: what another server has taken is that one's to end.
UPDATE message SET state = 'useless', recipient = NULL, link = NULL, changed = :now, fault = NULL
 WHERE tenant = :tenant AND id = :id AND state = 'waits';

-- name: message_end_links :exec (participant: ParticipantId, now: time)
-- Of the citizen, what waits to be sent and lets nobody in any more.
UPDATE message SET state = 'useless', recipient = NULL, link = NULL, changed = :now
 WHERE tenant = :tenant AND participant = :participant AND state = 'waits' AND kind = 'link';

-- name: message_stuck :many(1000) (before: time) -> MessageStuck
SELECT id, participant, kind
  FROM message
 WHERE tenant = :tenant AND state = 'sending' AND changed < :before
 ORDER BY id
 LIMIT 1000;

-- name: message_set_unknown :count (id: MessageId, now: time)
-- What was on its way when something broke.
UPDATE message SET state = 'unknown', recipient = NULL, link = NULL, changed = :now
 WHERE tenant = :tenant AND id = :id AND state = 'sending';

-- name: message_end_all :exec (now: time)
-- Of what waits in a restored backup nobody knows whether it has been sent since.
UPDATE message SET state = 'unknown', recipient = NULL, link = NULL, changed = :now
 WHERE tenant = :tenant AND state IN ('waits', 'sending');
