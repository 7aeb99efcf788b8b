#include "demo/register.h"

const char *const reg_role_codes[] = { "owner", "partner", "funder", "evaluator" };
const char *const reg_placement_codes[] = { "internship", "wage_subsidy", "fleksjob", "ordinary" };
const char *const reg_status_codes[] = {
	"unemployed",      "internship",         "employed",       "sick",  "leave",
	"pension_granted", "pension_in_process", "other_provider", "moved", "deceased"
};
const char *const reg_contact_codes[] = { "meeting", "phone", "sms", "email" };
const char *const reg_place_codes[] = { "job_centre", "ngo", "home", "walk_and_talk", "company", "other" };
const char *const reg_purpose_codes[] = { "citizen", "company_job_search", "company_retention", "network" };

int reg_status_on(const Register *r, int participant, Date day)
{
	int low = 0, high = r->status_count; /* first row after the wanted one */
	while (low < high) {
		int middle = low + (high - low) / 2;
		const RegStatus *s = &r->statuses[middle];
		if (s->participant < participant || (s->participant == participant && s->since <= day))
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 && r->statuses[low - 1].participant == participant ? (int)r->statuses[low - 1].code : -1;
}
