/* date: days and moments.
 *
 * A Date is a day of the Gregorian calendar, counted from 1970-01-01 (day 0).
 * A Time is a moment in UTC, in microseconds from 1970-01-01T00:00Z. Local time
 * is Danish time (CET/CEST by the European rule), computed here so that no
 * system time zone is needed. Pure functions, safe everywhere.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/str.h"

typedef int32_t Date;
typedef int64_t Time;

#define DATE_NONE INT32_MIN
#define TIME_NONE INT64_MIN
#define DATE_FIRST (-219145) /* 1370-01-01: nothing earlier is accepted */
#define DATE_LAST 157053     /* 2399-12-31: nothing later is accepted */

typedef struct {
	int year, month, day; /* month 1-12, day 1-31 */
} Ymd;

/* DATE_NONE when there is no such day. */
Date date_of(int year, int month, int day);
Ymd date_ymd(Date d);
/* "2018-11-30" (ISO 8601), or "30.11.2018" and "30-11-2018" as Danes write.
 * False when it is no day. */
bool date_parse(Str s, Date *out);
/* A day of the calendar, written so, that lies before DATE_FIRST or after DATE_LAST. */
bool date_is_beyond(Str s);
/* ISO form in the arena; empty for DATE_NONE. */
Str date_iso(Arena *a, Date d);
/* The same into `to`, without NUL; not for DATE_NONE. */
void date_write(Date d, char to[10]);
/* 1 = Monday … 7 = Sunday. */
int date_weekday(Date d);
/* `n` months later; a day that the month lacks becomes its last. */
Date date_add_months(Date d, int n);
/* Whole years from `born` to `on`; 29 February counts on 1 March. */
int date_age(Date born, Date on);
/* Months as 201811; its first day. */
int date_month(Date d);
Date date_month_start(int yyyymm);
/* Easter Sunday, Gregorian computus (Meeus). */
Date date_easter(int year);
/* Public holiday in Denmark by law (store bededag up to 2023). */
bool date_is_holiday(Date d);
/* The day itself, or the next that is neither weekend nor holiday. */
Date date_next_workday(Date d);

/* The Danish day and minute of the day (0–1439) at a moment. */
Date time_date(Time t);
int time_minute(Time t);
/* Both at once. */
Date time_local(Time t, int *minute);
/* The moment of a Danish day and minute; the hour that the clocks skip moves
 * forward, the hour they repeat is the first. */
Time time_of(Date d, int minute);
/* "2018-11-30T12:00:00Z"; seconds, always UTC. Empty for TIME_NONE. */
Str time_iso(Arena *a, Time t);
/* The same into `to`, without NUL; not for TIME_NONE. */
void time_write(Time t, char to[20]);
/* RFC 3339 with Z or offset, or "2018-11-30T12:00" and "2018-11-30 12:00" read
 * as Danish time, which has no minute of the hour that the clocks skip. */
bool time_parse(Str s, Time *out);

#endif
