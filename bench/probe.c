/* probe: what bench/run measures that wrk does not.
 *
 *     probe fsync FOLDER             how long the disk takes to keep 4 KiB: median and 99 %, in ms
 *     probe first PORT PATH BEGUN    asks until a server answers; ms since BEGUN (date +%s%N)
 *     probe memory PID               resident now and at most, in MB
 *     probe ids DATABASE TABLE       the ids of participant or programme in a Rampe database (SQLite), one a line
 *     probe fill DATABASE COUNT      adds contacts until there are so many, and counts them anew
 *
 * Numbers go to standard output; exit status 1 when there is none.
 */
#include "base/buf.h"
#include "base/date.h"
#include "base/uuid.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { COUNT = 300, PAGE = 4096, PATIENCE_S = 30, PAUSE_US = 200 };

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "probe: %s: %s\n", what, strerror(errno));
	exit(1);
}

static double now_ms(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int64_t number(const char *text)
{
	int64_t n = 0;
	if (!str_to_int(str_of(text), &n) || n < 0) {
		errno = EINVAL;
		die(text);
	}
	return n;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void probe_fsync(const char *folder)
{
	static char page[PAGE];
	double took[COUNT];
	Arena *a = arena_new();
	const char *path = str_z(a, str_printf(a, "%s/probe-fsync", folder));
	int fd = open(path, O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0)
		die(path);
	for (int i = 0; i < COUNT; i++) {
		double begun = now_ms(CLOCK_MONOTONIC);
		if (write(fd, page, PAGE) != PAGE || fdatasync(fd) != 0)
			die(path);
		took[i] = now_ms(CLOCK_MONOTONIC) - begun;
	}
	close(fd);
	unlink(path);
	arena_free(a);
	qsort(took, COUNT, sizeof took[0], by_size);
	printf("%.3f %.3f\n", took[COUNT / 2], took[COUNT * 99 / 100]);
}

/* True when something that speaks HTTP has answered. */
static bool answers(int64_t port, const char *path)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	char begin[5] = "";
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		die("socket");
	Buf request;
	buf_init(&request, 4096);
	buf_printf(&request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", path);
	bool ok = connect(fd, (struct sockaddr *)&at, sizeof at) == 0 &&
		  send(fd, request.ptr, request.len, MSG_NOSIGNAL) == (ssize_t)request.len &&
		  recv(fd, begin, 5, MSG_WAITALL) == 5 && memcmp(begin, "HTTP/", 5) == 0;
	buf_release(&request);
	close(fd);
	return ok;
}

static void probe_first(const char *port, const char *path, const char *begun)
{
	double from = (double)number(begun) / 1e6, now = 0;
	int64_t at = number(port);
	bool ok = false;
	do {
		ok = answers(at, path);
		now = now_ms(CLOCK_REALTIME);
		if (!ok)
			nanosleep(&(struct timespec){ 0, PAUSE_US * 1000 }, NULL);
	} while (!ok && now - from < PATIENCE_S * 1e3);
	if (!ok)
		die("nobody answers");
	printf("%.1f\n", now - from);
}

/* The number behind `name` in /proc/PID/status, in MB. */
static double memory_of(Str status, const char *name)
{
	Str line;
	int64_t kilobytes = 0;
	while (str_split(&status, '\n', &line))
		if (str_starts(line, str_of(name)) &&
		    str_to_int(str_trim(str_sub(line, strlen(name), line.len - strlen(" kB"))), &kilobytes))
			return (double)kilobytes / 1024;
	errno = ENOENT;
	die(name);
}

static void probe_memory(const char *pid)
{
	static char bytes[16384];
	Arena *a = arena_new();
	const char *path = str_z(a, str_printf(a, "/proc/%lld/status", (long long)number(pid)));
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, bytes, sizeof bytes);
	if (n <= 0)
		die(path);
	close(fd);
	Str status = { bytes, (size_t)n };
	printf("%.1f %.1f\n", memory_of(status, "VmRSS:"), memory_of(status, "VmHWM:"));
	arena_free(a);
}

static _Noreturn void die_db(sqlite3 *db, const char *what)
{
	fprintf(stderr, "probe: %s: %s\n", what, sqlite3_errmsg(db));
	exit(1);
}

static sqlite3 *open_db(const char *path)
{
	sqlite3 *db = NULL;
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
		die_db(db, path);
	return db;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		die_db(db, sql);
	return stmt;
}

static void run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		die_db(db, sql);
}

static void probe_ids(const char *path, const char *table)
{
	sqlite3 *db = open_db(path);
	sqlite3_stmt *stmt = prepare(db, strcmp(table, "programme") == 0 ? "SELECT id FROM programme ORDER BY id"
									 : "SELECT id FROM participant ORDER BY id");
	while (sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_bytes(stmt, 0) == sizeof(Uuid)) {
		Uuid id;
		char text[36];
		memcpy(id.b, sqlite3_column_blob(stmt, 0), sizeof id.b);
		uuid_write(id, text);
		printf("%.36s\n", text);
	}
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

static int64_t first_number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = prepare(db, sql);
	int64_t n = sqlite3_step(stmt) == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : 0;
	sqlite3_finalize(stmt);
	return n;
}

/* `n` contacts of the participant in the row that `who` stands at, evenly over
 * 2016 to 2018, in the order in which the table keeps them. */
static void fill_one(sqlite3 *db, sqlite3_stmt *who, sqlite3_stmt *insert, int64_t number_of, int64_t n)
{
	static const char *const kinds[] = { "meeting", "phone", "sms", "email" };
	const Time begin = time_of(date_of(2016, 2, 1), 0), end = time_of(date_of(2018, 11, 1), 0);
	for (int column = 0; column < 4; column++)
		sqlite3_bind_value(insert, column + 1, sqlite3_column_value(who, column));
	for (int64_t i = 0; i < n; i++) {
		Time at = begin + (end - begin) / n * i;
		unsigned char id[16] = { 0xff };
		memcpy(id + 1, &number_of, 4);
		for (int byte = 0; byte < 8; byte++) /* big-endian: ids ascend */
			id[8 + byte] = (unsigned char)((uint64_t)i >> (56 - 8 * byte));
		sqlite3_bind_blob(insert, 5, id, sizeof id, SQLITE_STATIC);
		sqlite3_bind_int64(insert, 6, at);
		sqlite3_bind_int64(insert, 7, time_date(at));
		sqlite3_bind_text(insert, 8, kinds[i % 4], -1, SQLITE_STATIC);
		if (sqlite3_step(insert) != SQLITE_DONE)
			die_db(db, "contact");
		sqlite3_reset(insert);
	}
}

/* The counters are then made from a full count. */
static void probe_fill(const char *path, const char *count)
{
	static const char recount[] =
		"DELETE FROM contact_count; INSERT INTO contact_count (tenant, programme, partner, month, kind, "
		"purpose, n)"
		" SELECT tenant, programme, partner, CAST(strftime('%Y%m', day * 86400, 'unixepoch') AS INTEGER), kind,"
		" purpose, count(*) FROM contact GROUP BY 1, 2, 3, 4, 5, 6; COMMIT; PRAGMA wal_checkpoint(TRUNCATE);";
	sqlite3 *db = open_db(path);
	run(db, "PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; BEGIN;"
		"DELETE FROM contact WHERE substr(id, 1, 1) = x'ff'");
	int64_t people = first_number(db, "SELECT count(*) FROM participant");
	int64_t missing = number(count) - first_number(db, "SELECT count(*) FROM contact");
	sqlite3_stmt *who = prepare(db, "SELECT tenant, id, programme, partner FROM participant ORDER BY id");
	sqlite3_stmt *insert = prepare(
		db, "INSERT INTO contact (tenant, participant, programme, partner, id, at, day, kind, purpose, place,"
		    " follow_up, minutes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'citizen', 'job_centre', 0, 30)");
	for (int64_t i = 0; i < people && missing > 0 && sqlite3_step(who) == SQLITE_ROW; i++) {
		int64_t n = missing / (people - i);
		fill_one(db, who, insert, i, n);
		missing -= n;
	}
	sqlite3_finalize(insert);
	sqlite3_finalize(who);
	run(db, recount);
	printf("%lld\n", (long long)first_number(db, "SELECT sum(n) FROM contact_count"));
	sqlite3_close(db);
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "fsync") == 0)
		probe_fsync(argv[2]);
	else if (argc == 5 && strcmp(argv[1], "first") == 0)
		probe_first(argv[2], argv[3], argv[4]);
	else if (argc == 3 && strcmp(argv[1], "memory") == 0)
		probe_memory(argv[2]);
	else if (argc == 4 && strcmp(argv[1], "ids") == 0)
		probe_ids(argv[2], argv[3]);
	else if (argc == 4 && strcmp(argv[1], "fill") == 0)
		probe_fill(argv[2], argv[3]);
	else {
		fputs("usage: probe fsync FOLDER | first PORT PATH BEGUN | memory PID | ids DATABASE TABLE | fill "
		      "DATABASE COUNT\n",
		      stderr);
		return 2;
	}
	return 0;
}
