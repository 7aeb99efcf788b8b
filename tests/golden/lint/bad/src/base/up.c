#include "base/h.h"
#include "db/db.h"
#include "feature/a/a.h"
#include "page_html.h"
