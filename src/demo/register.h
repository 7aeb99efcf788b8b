/* register: a made-up programme, ready to be written into a database.
 *
 * Plain arrays; references are indexes into the other arrays, -1 means none.
 * Codes are those of the database (code tables below). Lives in the arena of
 * the Ctx it was generated with. Whoever reads it must say that the people are
 * made up.
 */
#ifndef DEMO_REGISTER_H
#define DEMO_REGISTER_H

#include "demo/facts.h"

typedef enum { REG_KIND_INTERNSHIP, REG_KIND_WAGE_SUBSIDY, REG_KIND_FLEKSJOB, REG_KIND_ORDINARY } RegPlacementKind;

typedef enum {
	REG_STATUS_UNEMPLOYED,
	REG_STATUS_INTERNSHIP,
	REG_STATUS_EMPLOYED,
	REG_STATUS_SICK,
	REG_STATUS_LEAVE,
	REG_STATUS_PENSION_GRANTED,
	REG_STATUS_PENSION_IN_PROCESS,
	REG_STATUS_OTHER_PROVIDER,
	REG_STATUS_MOVED,
	REG_STATUS_DECEASED,
} RegStatusCode;

typedef enum { REG_CONTACT_MEETING, REG_CONTACT_PHONE, REG_CONTACT_SMS, REG_CONTACT_EMAIL } RegContactKind;
typedef enum {
	REG_PLACE_JOB_CENTRE,
	REG_PLACE_NGO,
	REG_PLACE_HOME,
	REG_PLACE_WALK_AND_TALK,
	REG_PLACE_COMPANY,
	REG_PLACE_OTHER
} RegPlace;
typedef enum { REG_PURPOSE_CITIZEN, REG_PURPOSE_JOB_SEARCH, REG_PURPOSE_RETENTION, REG_PURPOSE_NETWORK } RegPurpose;

/* Codes in the order of the enums: "fleksjob", "pension_granted", "sms", ... */
extern const char *const reg_role_codes[];
extern const char *const reg_placement_codes[];
extern const char *const reg_status_codes[];
extern const char *const reg_contact_codes[];
extern const char *const reg_place_codes[];
extern const char *const reg_purpose_codes[];

typedef struct {
	FactRole role;
	Str name;
	int municipality; /* 0: none */
	int places_original, places_revised, staff_hours_week;
} RegOrganisation;

typedef struct {
	int organisation;
	Str name, email;
	const char *role; /* manager, contact_person, evaluator */
	Date since;
} RegMember;

typedef struct {
	int organisation; /* partner */
	int member;       /* contact person */
	Str name, cpr, phone, email;
	bool male;
	Date born;
	Date admitted;
	int age; /* whole years when admitted */
	bool employed_at_admission;
	Date until; /* last day on which the programme follows the person */
	int municipality;
} RegParticipant;

typedef struct {
	Str name, branch, phone, email;
	int organisation; /* the partner whose area it lies in */
	int municipality;
	int employees;
} RegCompany;

typedef struct {
	int participant, company;
	RegPlacementKind kind;
	Date starts, ends; /* last day; DATE_NONE: open */
	Date planned_end;  /* DATE_NONE: no end planned */
	int hours_week;
	bool job_expected;
	Str end_reason; /* in Danish; empty when open or by plan */
} RegPlacement;

/* Holds from `since` until the participant's next one. By participant, date. */
typedef struct {
	int participant;
	Date since;
	RegStatusCode code;
} RegStatus;

typedef struct {
	Time at;
	Date day;
	int participant, member;
	int company, placement; /* -1: none */
	RegContactKind kind;
	RegPurpose purpose;
	int place; /* RegPlace; -1 when nobody met */
	bool follow_up;
	int minutes;
	Str note; /* empty: none */
} RegContact;

typedef struct {
	const char *kind; /* cafe_course, or as in activities.csv */
	Str title;
	int organisation; /* -1: the programme's own */
	Date day;         /* the first session */
	int sessions;     /* a week apart */
	bool held;
} RegActivity;

typedef struct {
	int activity, participant;
	int session; /* from 1 */
	bool attended;
} RegAttendance;

typedef struct {
	Str name;
	int participant; /* -1: not matched */
	Date matched;
} RegMentor;

/* One for every invited person or company, answered or not. `wave` is one of
 * WAVE_START_CITIZEN, ...; questions and options are those of the Facts. */
typedef struct {
	int wave;
	int participant, company; /* the other is -1 */
	Date invited, answered;   /* answered DATE_NONE: no answer */
	bool complete;
} RegResponse;

typedef struct {
	int response, question, option;
} RegAnswer;

typedef struct {
	int participant;
	const char *purpose; /* "contact_company" */
	int company;         /* -1: any */
	Time given;
	Time withdrawn; /* TIME_NONE: in force */
	bool tells;     /* name and considerations */
	bool by_staff;  /* written down by the contact person; otherwise given on the citizen's own page */
} RegConsent;

typedef struct {
	int participant;
	Str words, topic, occasion;
	Date said;
} RegQuote;

typedef struct Register {
	const Facts *facts;
	RegOrganisation *organisations;
	RegMember *members;
	RegParticipant *participants; /* by date of admission */
	RegCompany *companies;
	RegPlacement *placements; /* by participant, start */
	RegStatus *statuses;
	RegContact *contacts; /* by time */
	RegActivity *activities;
	RegAttendance *attendances;
	RegMentor *mentors;
	RegResponse *responses; /* by wave, participant or company */
	RegAnswer *answers;
	RegConsent *consents; /* those to contact companies cover every company's contact on its day */
	RegQuote *quotes;
	int organisation_count, member_count, participant_count, company_count, placement_count, status_count,
		contact_count, activity_count, attendance_count, mentor_count, response_count, answer_count,
		consent_count, quote_count;
} Register;

/* The status on a day; -1 before admission. */
int reg_status_on(const Register *r, int participant, Date day);

#endif
