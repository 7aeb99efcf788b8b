/* contact_web: registering contacts on a phone and through the API. */
#ifndef FEATURE_CONTACT_WEB_H
#define FEATURE_CONTACT_WEB_H

#include "access/route.h"
#include "feature/contact/contact.h"
#include "feature/feature.h"
#include "html/html.h"

extern const RouteTable contact_routes;

/* What contact.html shows. */
typedef struct {
	Person person;
	bool all; /* every field, not only the five */
} ContactPage;

typedef struct {
	Person person;
	Contact contact;
	Str csrf;
} ContactRemovePage;

/* What has just been registered, in place of the form. */
typedef struct {
	Person person;
	Contact contact;
	Str company; /* none: no company */
} ContactDone;

#endif
