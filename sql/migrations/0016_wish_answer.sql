-- The answer to a company on a citizen's list follows from the consents and the noes: it is kept once.
ALTER TABLE wish DROP COLUMN decision;
ALTER TABLE wish DROP COLUMN decided;

-- A yes to one receiver that was withdrawn is a no, unless another without an end stands beside it: 0014 took any for
-- standing, also one that had run out.
INSERT INTO consent_no (tenant, participant, purpose, receiver, said)
SELECT s.tenant, s.participant, s.purpose, s.receiver, max(s.withdrawn)
  FROM consent s
 WHERE s.withdrawn IS NOT NULL AND s.receiver IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM consent_no n
                    WHERE n.tenant = s.tenant AND n.participant = s.participant AND n.purpose = s.purpose
                      AND n.receiver = s.receiver)
   AND NOT EXISTS (SELECT 1 FROM consent k
                    WHERE k.tenant = s.tenant AND k.participant = s.participant AND k.purpose = s.purpose
                      AND k.receiver = s.receiver AND k.withdrawn IS NULL AND k.until IS NULL)
 GROUP BY s.tenant, s.participant, s.purpose, s.receiver;

-- A no on the list did not always withdraw what it ended.
UPDATE consent
   SET withdrawn = (SELECT min(n.said) FROM consent_no n
                     WHERE n.tenant = consent.tenant AND n.participant = consent.participant
                       AND n.purpose = consent.purpose AND n.receiver = consent.receiver
                       AND n.lifted IS NULL AND n.said > consent.given)
 WHERE withdrawn IS NULL AND receiver IS NOT NULL
   AND EXISTS (SELECT 1 FROM consent_no n
                WHERE n.tenant = consent.tenant AND n.participant = consent.participant
                  AND n.purpose = consent.purpose AND n.receiver = consent.receiver
                  AND n.lifted IS NULL AND n.said > consent.given);
