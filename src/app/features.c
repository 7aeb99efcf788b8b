#include "app/lists.h"

#include "access/account.h"
#include "access/oidc_web.h"
#include "access/user_cli.h"
#include "analysis/analysis_cli.h"
#include "app/audit_cli.h"
#include "app/backup_cli.h"
#include "app/database_cli.h"
#include "app/demo_cli.h"
#include "app/erase_cli.h"
#include "app/keys_cli.h"
#include "app/retention_cli.h"
#include "app/serve.h"
#include "db/commit.h"
#include "evidence/evidence_cli.h"
#include "feature/answers/answers_web.h"
#include "feature/citizen/citizen_web.h"
#include "feature/company/company_web.h"
#include "feature/contact/contact.h"
#include "feature/contact/contact_api.h"
#include "feature/contact/contact_web.h"
#include "feature/decide/decide_web.h"
#include "feature/diagnosis/diagnosis_web.h"
#include "feature/erasure/erasure.h"
#include "feature/erasure/erasure_web.h"
#include "feature/erasure/retention_web.h"
#include "feature/followup/followup_web.h"
#include "feature/message/message_web.h"
#include "feature/network/network_web.h"
#include "feature/organisation/organisation_web.h"
#include "feature/participant/participant_web.h"
#include "feature/placement/placement_web.h"
#include "feature/programme/programme_web.h"
#include "feature/quote/quote_web.h"
#include "feature/referral/referral_web.h"
#include "feature/related/related_web.h"
#include "feature/seen/seen_web.h"
#include "feature/sheet/sheet_web.h"
#include "feature/status/status_web.h"
#include "feature/survey/survey_web.h"
#include "feature/timeline/timeline.h"
#include "feature/users/users_web.h"
#include "measure/claims.h"
#include "measure/goal_web.h"
#include "measure/measure_cli.h"
#include "measure/measure_web.h"
#include "measure/theory_web.h"
#include "report/report_cli.h"
#include "report/report_web.h"

// clang-format off
const RouteTable *const feature_routes[] = {
	&access_routes,
	&guest_routes,
	&oidc_routes,
	&followup_routes,
	&participant_routes,
	&participant_api_routes,
	&timeline_routes,
	&contact_routes,
	&contact_api_routes,
	&placement_routes,
	&status_routes,
	&company_routes,
	&programme_routes,
	&organisation_routes,
	&survey_routes,
	&users_routes,
	&decide_routes,
	&quote_routes,
	&message_routes,
	&citizen_routes,
	&sheet_routes,
	&related_routes,
	&referral_routes,
	&seen_routes,
	&network_routes,
	&diagnosis_routes,
	&answers_routes,
	&erasure_routes,
	&retention_routes,
	&measure_routes,
	&report_routes,
	&goal_routes,
	&goal_form_routes,
	&language_routes,
	&theory_routes,
	NULL,
};

const ConvertReader *const feature_readers[] = {
	&claims_json_reader,
	&claims_text_reader,
	NULL,
};

const Command *const feature_commands[] = {
	&init_command,
	&demo_command,
	&serve_command,
	&migrate_command,
	&check_command,
	&goals_command,
	&claims_command,
	&stats_command,
	&table_command,
	&search_command,
	&evidence_command,
	&report_command,
	&user_command,
	&audit_command,
	&keys_command,
	&erase_command,
	&retention_command,
	&backup_command,
	&restore_command,
	&backup_key_command,
	NULL,
};
// clang-format on

static Err check_audit(Ctx *c, int64_t *checked, int64_t *wrong)
{
	AuditCheck audit;
	RETURN_IF_ERR(audit_verify(c, &audit));
	*checked = audit.entries;
	*wrong = audit.broken != 0;
	return OK;
}

static Err check_contacts(Ctx *c, int64_t *checked, int64_t *wrong)
{
	ContactCheck contacts;
	RETURN_IF_ERR(contact_count_check(c, &contacts));
	*checked = contacts.contacts;
	*wrong = contacts.wrong;
	return OK;
}

static Err check_consents(Ctx *c, int64_t *checked, int64_t *wrong)
{
	ContactUnaskedList rows;
	RETURN_IF_ERR(contact_with_company(c, checked));
	RETURN_IF_ERR(contact_unasked(c, &rows));
	*wrong = rows.n == 0 ? 0 : rows.at[0].all_n;
	return OK;
}

static Err name_unasked(Ctx *c, Buf *out)
{
	ContactUnaskedList rows;
	RETURN_IF_ERR(contact_unasked(c, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		Str id = uuid_str(c->arena, rows.at[i].id.v), who = uuid_str(c->arena, rows.at[i].participant.v);
		Str company = uuid_str(c->arena, rows.at[i].company.v), on = date_iso(c->arena, rows.at[i].day);
		buf_printf(out, "%.*s contact %.*s participant %.*s company %.*s\n", STR_ARG(on), STR_ARG(id),
			   STR_ARG(who), STR_ARG(company));
	}
	return OK;
}

const StoredCheck feature_checks[] = {
	{ "audit", N_("the audit's entries follow each other without gap or change"), check_audit, NULL },
	{ "contacts", N_("the counted contacts are those that there are"), check_contacts, NULL },
	{ "keys", N_("everybody has a key, and whoever was erased has none"), erasure_check_keys, NULL },
	{ "erasures", N_("every erasure that was noted has been carried out"), erasure_check_noted, NULL },
	{ "consents", N_("companies were contacted with the citizen's yes"), check_consents, name_unasked },
	{ NULL, NULL, NULL, NULL },
};
