#include "feature/contact/contact.h"

#include "contact_list_html.h"
#include "contact_sql.h"

#include "access/session.h"
#include "db/db.h"
#include "html/template.h"
#include "layout_html.h"
#include "routes.h"

/* A member of that name is no call of the forbidden function. */
int contact_count(const struct Clock *c)
{
	return c->time(c) + c.system(1) + my_system(2) + system_name;
}
