-- For the registrations of bench/rampe.sh: a company that no citizen has said no to, then the citizens who have let
-- companies be contacted since October 2018 and are alive.
WITH uuid (id, text) AS (
	SELECT id, lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' ||
			 substr(hex(id), 17, 4) || '-' || substr(hex(id), 21))
	  FROM (SELECT id FROM company UNION ALL SELECT id FROM participant))
SELECT text FROM (SELECT text FROM uuid JOIN company USING (id)
		   WHERE id NOT IN (SELECT company FROM wish WHERE company IS NOT NULL) ORDER BY id LIMIT 1)
UNION ALL
SELECT text FROM uuid JOIN participant p USING (id)
 WHERE EXISTS (SELECT 1 FROM consent s
		WHERE s.participant = p.id AND s.purpose = 'contact_company' AND s.receiver IS NULL AND s.until IS NULL
		  AND s.withdrawn IS NULL AND s.since <= julianday('2018-10-01') - julianday('1970-01-01'))
   AND NOT EXISTS (SELECT 1 FROM status t WHERE t.participant = p.id AND t.code = 'deceased');
