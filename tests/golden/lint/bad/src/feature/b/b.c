#include "a_sql.h"
#include "feature/a/a.h"
