#include "access/restored.h"

#include "guest_sql.h"
#include "oidc_sql.h"
#include "second_sql.h"
#include "session_sql.h"
#include "user_sql.h"

Err restored_end_access(Ctx *c, int64_t *users)
{
	Time now = clock_now(c->clock);
	RETURN_IF_ERR(session_delete_all(c));
	RETURN_IF_ERR(half_delete_all(c));
	RETURN_IF_ERR(guest_session_delete_all(c));
	RETURN_IF_ERR(guest_code_end_all(c, now));
	RETURN_IF_ERR(oidc_citizen_delete_all(c));
	RETURN_IF_ERR(oidc_link_delete_all(c));
	RETURN_IF_ERR(recovery_end_all(c, now));
	RETURN_IF_ERR(token_end_all(c, now));
	return user_count_open(c, users);
}
