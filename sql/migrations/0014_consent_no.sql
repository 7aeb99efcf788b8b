-- A no to one company or one mentor is told apart from the yes that it ends: a yes to all does not reach behind it.

-- For one purpose, from the moment it is said until the citizen says yes again. A row is only ever added, and lifted.
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

-- Whoever has withdrawn the yes to a company has answered no.
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

INSERT INTO consent_no (tenant, participant, purpose, receiver, said)
SELECT w.tenant, w.participant, 'contact_company', w.company, COALESCE(w.decided, w.made)
  FROM wish w
 WHERE w.decision = 'no' AND w.company IS NOT NULL
 UNION
SELECT w.tenant, w.participant, 'tell_company', w.company, COALESCE(w.decided, w.made)
  FROM wish w
 WHERE w.decision = 'no' AND w.company IS NOT NULL
 UNION
SELECT s.tenant, s.participant, s.purpose, s.receiver, s.withdrawn
  FROM consent s
 WHERE s.withdrawn IS NOT NULL AND s.receiver IS NOT NULL;
