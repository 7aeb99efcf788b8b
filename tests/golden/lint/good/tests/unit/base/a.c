#include "base/a.h"
#include "contact_sql.h"
