-- A no to one company or one mentor is told apart from the yes that it ends: a yes to all does not reach behind it.

-- For one purpose, from the moment it is said until it is taken back, or a yes to the same receiver begins.
CREATE TABLE consent_no (
  tenant UUID NOT NULL,
  participant UUID NOT NULL,
  purpose TEXT NOT NULL,
  receiver UUID NOT NULL,
  said TIME NOT NULL,
  lifted TIME,
  PRIMARY KEY (tenant, participant, purpose, receiver, said),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id)
) CLUSTERED;

-- Whoever has withdrawn the yes to a company, and given no other, has answered no: on the list, too.
UPDATE wish
   SET decision = 'no',
       decided = (SELECT max(s.withdrawn) FROM consent s
                   WHERE s.tenant = wish.tenant AND s.participant = wish.participant AND s.receiver = wish.company
                     AND s.purpose = 'contact_company')
 WHERE decision = 'yes'
   AND EXISTS (SELECT 1 FROM consent s
                WHERE s.tenant = wish.tenant AND s.participant = wish.participant AND s.receiver = wish.company
                  AND s.purpose = 'contact_company' AND s.withdrawn IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM consent s
                    WHERE s.tenant = wish.tenant AND s.participant = wish.participant AND s.receiver = wish.company
                      AND s.purpose = 'contact_company' AND s.withdrawn IS NULL);
INSERT INTO wish (tenant, id, participant, company, made, made_by, decision, decided)
SELECT s.tenant, s.id, s.participant, s.receiver, s.withdrawn, COALESCE(s.withdrawn_by, s.given_by), 'no', s.withdrawn
  FROM consent s
 WHERE s.purpose = 'contact_company' AND s.receiver IS NOT NULL AND s.withdrawn IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM wish w
                    WHERE w.tenant = s.tenant AND w.participant = s.participant AND w.company = s.receiver)
   AND NOT EXISTS (SELECT 1 FROM consent k
                    WHERE k.tenant = s.tenant AND k.participant = s.participant AND k.purpose = s.purpose
                      AND k.receiver = s.receiver
                      AND (k.withdrawn IS NULL OR k.withdrawn > s.withdrawn
                           OR (k.withdrawn = s.withdrawn AND k.id > s.id)));

-- The noes of the list and those of withdrawing, until the next yes to the same receiver; none where another yes to it stood
-- when one was withdrawn.
INSERT INTO consent_no (tenant, participant, purpose, receiver, said, lifted)
SELECT n.tenant, n.participant, n.purpose, n.receiver, n.said,
       (SELECT min(k.given) FROM consent k
         WHERE k.tenant = n.tenant AND k.participant = n.participant AND k.purpose = n.purpose
           AND k.receiver = n.receiver AND k.given > n.said)
  FROM (SELECT w.tenant, w.participant, 'contact_company' AS purpose, w.company AS receiver,
               COALESCE(w.decided, w.made) AS said
          FROM wish w
         WHERE w.decision = 'no' AND w.company IS NOT NULL
         UNION
        SELECT w.tenant, w.participant, 'tell_company', w.company, COALESCE(w.decided, w.made)
          FROM wish w
         WHERE w.decision = 'no' AND w.company IS NOT NULL
         UNION
        SELECT s.tenant, s.participant, s.purpose, s.receiver, s.withdrawn
          FROM consent s
         WHERE s.withdrawn IS NOT NULL AND s.receiver IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM consent k
                            WHERE k.tenant = s.tenant AND k.participant = s.participant AND k.purpose = s.purpose
                              AND k.receiver = s.receiver AND k.id <> s.id AND k.given <= s.withdrawn
                              AND (k.withdrawn IS NULL OR k.withdrawn > s.withdrawn))) n;
