#include "a_sql.h"
#include "app/main.h"
#include "gone_sql.h"
#include "measure/m.h"
#include <microhttpd.h>
