# shellcheck shell=sh disable=SC2154,SC2034 # bench/run sets work, begins servers, uses what is left
# Rampe as a peer: the demonstration's register, a user of its own with a token and a session.
rampe_port=${RAMPE_PORT:-18937}
rampe_url=http://127.0.0.1:$rampe_port
rampe_db=sqlite:$work/rampe.db

rampe() {
	build/rampe --db "$rampe_db" "$@"
}

# Makes the database and the user; leaves the ids of participants who let companies be contacted since October 2018 in
# $work/rampe.ids, a token in $token and a company that no citizen has said no to in BENCH_COMPANY.
rampe_prepare() {
	rampe demo >"$work/rampe.demo"
	echo "a password for measuring" | rampe user add bench --role manager --programme rampen >"$work/rampe.user"
	token=$(rampe user token bench | tail -n 1)
	sqlite3 "$work/rampe.db" ".read $BENCH/consented.sql" >"$work/rampe.consented"
	BENCH_COMPANY=$(sed -n 1p "$work/rampe.consented")
	export BENCH_COMPANY
	sed 1d "$work/rampe.consented" >"$work/rampe.ids"
}

# Serves; the milliseconds to the first answer are measured under that name: rampe_begin NAME
rampe_begin() {
	begun=$(date +%s%N)
	begin rampe build/rampe --db "$rampe_db" serve --port "$rampe_port"
	rampe_pid=$pid
	measure "$1" build/bench/probe first "$rampe_port" /login "$begun"
	grep -q "$rampe_url" "$work/rampe.out" || {
		echo "bench: somebody else serves on port $rampe_port (RAMPE_PORT chooses another)" >&2
		exit 1
	}
}

# Logs in as a browser does; leaves the Cookie header in $cookie: rampe_login NAME
rampe_login() {
	jar=$work/$1.jar
	rm -f "$jar"
	csrf=$(curl -sf -b "$jar" -c "$jar" "$rampe_url/login" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
	curl -sf -o "$work/$1.login" -b "$jar" -c "$jar" --data-urlencode "csrf=$csrf" --data-urlencode login=bench \
		--data-urlencode "password=a password for measuring" "$rampe_url/login"
	cookie=$(awk '$6 == "rampe_session" { print "rampe_session=" $7 }' "$jar")
	[ -n "$cookie" ]
}

# Registrations and pages once more while four people log in without pause, each password taking Argon2id's 64 MiB;
# leaves how many did in $work/logins, and measures the memory.
rampe_with_logins() {
	: >"$work/logins"
	browsers=
	for n in 1 2 3 4; do
		while [ ! -e "$work/logins.end" ]; do
			(rampe_login "login-$n") && echo "$n" >>"$work/logins"
		done &
		browsers="$browsers $!"
	done
	measure rampe-posts-logins posts "$rampe_url/api/v1/contacts" "$work/rampe.ids" "$token" 999
	measure rampe-pages-logins pages "$rampe_url" "$work/rampe.ids" "Cookie: $cookie" /borger/ -
	: >"$work/logins.end"
	for each in $browsers; do wait "$each"; done
	measure rampe-logged-in build/bench/probe memory "$rampe_pid"
}

# Bytes of a participant's page, the mean of all: the bare server's pages are made as long.
rampe_page_bytes() {
	while read -r id; do
		curl -sf -b "$cookie" "$rampe_url/borger/$id" | wc -c
	done <"$work/rampe.ids" | awk '{ sum += $1 } END { printf "%d\n", sum / NR }'
}

# The whole audit log, as the load has left it, against its heads: seconds, processor seconds, megabytes, entries, and
# seconds for a million of them.
rampe_audit() {
	told=$(timed build/rampe --db "$rampe_db" check audit --json) || return 1
	entries=$(sed -n 's/.*"entries":\([0-9]*\).*/\1/p' "$work/timed.out")
	echo "$told $entries" | awk '{ printf "%s %.2f\n", $0, $1 / $4 * 1e6 }'
}

# The API's summary over so many contacts of the programme, one request at a time: rampe_summary COUNT
rampe_summary() {
	stop "$rampe_pid"
	measure filled build/bench/probe fill "$work/rampe.db" "$1"
	build/bench/probe ids "$work/rampe.db" programme >"$work/rampe.programmes"
	rampe_begin "rampe-first-$1"
	connections=1
	server=$rampe_pid
	measure "rampe-summary-$1" pages "$rampe_url" "$work/rampe.programmes" "Authorization: Bearer $token" \
		/api/v1/programmes/ "/contacts/summary?by=month,kind"
	connections=32
}
