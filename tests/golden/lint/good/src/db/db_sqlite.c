#include "base/a.h"
#include <sqlite3.h>
const char *db_version = "SELECT 1";
