-- When the citizen last agreed to being referred; none once the citizen has said no.
ALTER TABLE referral ADD COLUMN agreed TIME;
UPDATE referral
   SET agreed = made
 WHERE erased IS NULL
   AND NOT EXISTS (SELECT 1 FROM referral_step s
                    WHERE s.tenant = referral.tenant AND s.referral = referral.id AND s.state = 'citizen_declined');

-- Where the programme archives, a referral that led to no admission is archived as participants are.
ALTER TABLE referral ADD COLUMN archived TIME;
