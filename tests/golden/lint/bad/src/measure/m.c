#include "evidence/e.h"
#include "report/r.h"
