-- What 0006 and 0012 meant to change where row security hid it from them: in PostgreSQL, tables with rows already.
UPDATE answer
   SET respondent = (SELECT coalesce(r.participant, r.id)
                       FROM response r
                      WHERE r.tenant = answer.tenant AND r.id = answer.response)
 WHERE respondent IS NULL;
UPDATE referral
   SET agreed = made
 WHERE agreed IS NULL AND erased IS NULL AND state <> 'citizen_declined'
   AND NOT EXISTS (SELECT 1 FROM referral_step s
                    WHERE s.tenant = referral.tenant AND s.referral = referral.id AND s.state = 'citizen_declined');
