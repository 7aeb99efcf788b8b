/* said: Bo, who has let any company be contacted and told his name since 2017, and the bakery by name. The clock stands
 * at 2018-11-30 12:00 UTC when a test begins. */
#ifndef TEST_SAID_H
#define TEST_SAID_H

#include "../access/served.h"

extern Served served;
extern ParticipantId bo;
extern ConsentId contact_all, contact_bakery, tell_all, tell_bakery;

/* The program with Bo in its register; for cmocka. */
int said_set_up(void **state);
int said_tear_down(void **state);

/* Bo's yes, written down by the program itself. */
void says_yes(ConsentPurpose purpose, Uuid receiver, const char *since, ConsentId *out);
/* Bo's no to the company, as on his list. */
void says_no(CompanyId company);
/* What a consent of Bo's covers today. */
bool covers(ConsentPurpose purpose, Uuid receiver);
bool may(CompanyId company);
bool may_tell(CompanyId company);

#endif
