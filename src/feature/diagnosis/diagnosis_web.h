/* diagnosis_web: a citizen's diagnosis, and the programme's switch. */
#ifndef FEATURE_DIAGNOSIS_WEB_H
#define FEATURE_DIAGNOSIS_WEB_H

#include "access/route.h"
#include "feature/diagnosis/diagnosis.h"

extern const RouteTable diagnosis_routes;

/* What the page of the switch shows. */
typedef struct {
	Str programme;
	bool on;
	int64_t stored;
	DiagnosisSwitchList history;
} DiagnosisSwitchPage;

#endif
