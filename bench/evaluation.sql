-- The aggregates that an evaluation needs, as plain SQL for the sqlite3 shell: the peer of `rampe report`.
-- One programme in the database, on its status date.
CREATE TEMP TABLE d AS SELECT tenant, id AS programme, status_date AS day, gap_days FROM programme LIMIT 1;
SELECT count(*), avg(age_admitted), min(age_admitted), max(age_admitted), sum(gender = 'female'), sum(employed_at_admission)
  FROM d CROSS JOIN participant p ON p.tenant = d.tenant AND p.programme = d.programme;
SELECT p.partner, p.gender, p.age_admitted / 10, count(*) FROM d CROSS JOIN participant p ON p.tenant = d.tenant AND p.programme = d.programme GROUP BY 1, 2, 3;
SELECT (SELECT s.code FROM status s WHERE s.tenant = p.tenant AND s.participant = p.id AND s.since <= d.day
         ORDER BY s.since DESC LIMIT 1) AS code, count(*)
  FROM d CROSS JOIN participant p ON p.tenant = d.tenant AND p.programme = d.programme GROUP BY 1;
SELECT p.partner, l.first - p.admitted, count(*)
  FROM d CROSS JOIN participant p ON p.tenant = d.tenant AND p.programme = d.programme
  LEFT JOIN (SELECT tenant, participant, min(starts) AS first FROM placement WHERE kind IN ('fleksjob', 'ordinary')
              GROUP BY tenant, participant) AS l ON l.tenant = p.tenant AND l.participant = p.id
 GROUP BY 1, 2;
SELECT kind, coalesce(ends, 99999) - starts, count(*) FROM d CROSS JOIN placement l ON l.tenant = d.tenant AND l.programme = d.programme GROUP BY 1, 2;
SELECT count(DISTINCT participant) FROM d CROSS JOIN placement l ON l.tenant = d.tenant AND l.programme = d.programme
 WHERE l.kind IN ('fleksjob', 'ordinary') AND min(coalesce(l.ends, d.day), d.day) - l.starts > 182;
SELECT month, kind, purpose, sum(n) FROM d CROSS JOIN contact_count k ON k.tenant = d.tenant AND k.programme = d.programme GROUP BY 1, 2, 3;
SELECT k.placement, min(k.day), max(k.day), count(*)
  FROM contact k WHERE k.tenant = (SELECT tenant FROM d) AND k.placement IS NOT NULL GROUP BY 1;
SELECT r.wave, a.question, a.choice, count(*)
  FROM d CROSS JOIN wave v CROSS JOIN response r CROSS JOIN answer a
 WHERE v.tenant = d.tenant AND v.programme = d.programme AND r.tenant = v.tenant AND r.wave = v.id AND r.complete
   AND r.answered <= d.day AND a.tenant = r.tenant AND a.response = r.id
 GROUP BY 1, 2, 3;
SELECT a.question, count(DISTINCT r.participant)
  FROM d CROSS JOIN wave v CROSS JOIN response r CROSS JOIN answer a
 WHERE v.tenant = d.tenant AND v.programme = d.programme AND r.tenant = v.tenant AND r.wave = v.id AND r.complete
   AND a.tenant = r.tenant AND a.response = r.id
 GROUP BY 1;
SELECT wave, count(*), sum(complete), sum(answered IS NOT NULL AND NOT complete) FROM response GROUP BY 1;
SELECT a.kind, count(DISTINCT a.id), sum(a.held), count(DISTINCT t.participant)
  FROM d CROSS JOIN activity a ON a.tenant = d.tenant AND a.programme = d.programme
  LEFT JOIN attendance t ON t.tenant = a.tenant AND t.activity = a.id AND t.attended GROUP BY 1;
SELECT count(*), count(phone), count(email), count(municipality), count(contact_person), count(wishes), count(considerations)
  FROM d CROSS JOIN participant p ON p.tenant = d.tenant AND p.programme = d.programme;
