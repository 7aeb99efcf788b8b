#include "evidence/archive.h"
#include "feature/contact/contact.h"
#include "measure/goal.h"
#include "report/report.h"
int main(void);
