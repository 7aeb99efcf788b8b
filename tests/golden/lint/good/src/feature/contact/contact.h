/* contact: one meeting. */
#ifndef FEATURE_CONTACT_CONTACT_H
#define FEATURE_CONTACT_CONTACT_H
#endif
