#include "feature/network/network.h"

#include "feature/feature.h"

static const Field fields[] = {
	FIELD(NetworkIn, consent, FIELD_ID, N_("Whom the citizen has said may be invited"), .required = true),
	FIELD(NetworkIn, name, FIELD_TEXT, N_("Name"), .required = true, .most = NETWORK_NAME_MOST, .encrypted = true),
	FIELD(NetworkIn, relation, FIELD_TEXT, N_("What they are to the citizen"), .required = true,
	      .most = NETWORK_RELATION_MOST, .encrypted = true, .hint = N_("For instance: mother, husband, friend")),
	FIELD(NetworkIn, phone, FIELD_PHONE, N_("Phone"), .encrypted = true),
	FIELD(NetworkIn, email, FIELD_EMAIL, N_("E-mail"), .encrypted = true),
};
const Form network_form = FORM("network", NetworkIn, fields);

static Str or_none(Str text)
{
	return str_is_empty(text) ? STR_NONE : text;
}

Err network_add(Ctx *c, ParticipantId who, const NetworkIn *in, NetworkId *out)
{
	int64_t covers = 0;
	NetworkCount there;
	RETURN_IF_ERR(network_consents(c, who, in->consent, clock_today(c->clock), &covers));
	if (covers == 0)
		return refuse(c, "consent", "%s", T(c->lang, "The citizen has not said yes to inviting them."));
	RETURN_IF_ERR(network_count(c, who, in->consent, &there));
	if (there.by_consent > 0)
		return refuse(c, "consent", "%s",
			      T(c->lang, "Somebody is written down by this yes already: one yes is for one person."));
	if (there.n >= NETWORK_MOST) {
		(void)refuse(c, NULL, T(c->lang, "The list is full: it holds %d."), NETWORK_MOST);
		return ERR_LIMIT;
	}
	NetworkPerson row = { .id = { uuid_v7(c->clock, c->random) },
			      .participant = who,
			      .consent = in->consent,
			      .name = in->name,
			      .relation = in->relation,
			      .phone = or_none(in->phone),
			      .email = or_none(in->email),
			      .added = clock_now(c->clock),
			      .added_by = actor_login(c) };
	RETURN_IF_ERR(network_insert(c, &row));
	*out = row.id;
	return feature_audit(c, "network.add", "network", row.id.v, who);
}

Err network_remove(Ctx *c, ParticipantId who, NetworkId id)
{
	int64_t n = 0;
	RETURN_IF_ERR(network_delete(c, id, who, &n));
	return n == 0 ? ERR_NOT_FOUND : feature_audit(c, "network.remove", "network", id.v, who);
}
