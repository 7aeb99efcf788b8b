# shellcheck shell=sh disable=SC2154 # bench/run sets work, rounds, seconds
# Writes bench/RESULTS.md from the measurements in $work.

# "median (least – most)" of a column, with that many decimals: cell NAME COLUMN DECIMALS
cell() {
	spread "$1" "$2" | awk -v d="$3" '{ printf "%.*f (%.*f–%.*f)", d, $2, d, $1, d, $3 }'
}

# The same of the rounds' ratios, in per cent: ratio_cell NAME OTHER COLUMN
ratio_cell() {
	ratio "$1" "$2" "$3" | awk '{ printf "%.0f %% (%.0f–%.0f)", $2, $1, $3 }'
}

# A line of the table of requests: load_row WHAT PEER NAME SHARE
load_row() {
	echo "| $1 | $2 | $(cell "$3" 1 0) | $4 | $(cell "$3" 2 2) | $(cell "$3" 3 2) | $(cell "$3" 6 0) | $(cell "$3" 7 1) |"
}

# Two lines, and the ratio: pair WHAT BARE RAMPE
pair() {
	load_row "$1" "bare server" "$2" ""
	load_row "$1" Rampe "$3" "$(ratio_cell "$3" "$2" 1)"
}

table_head() {
	echo "# What was measured"
	echo
	echo "By \`make bench\` on $(date -u +%Y-%m-%d), revision $(git rev-parse --short HEAD 2>/dev/null || echo unknown), on" \
		"$(nproc) cores of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1) under Linux $(uname -r)."
	echo "wrk with one thread and 32 connections on the same machine; $rounds rounds of $seconds s each, the peers in" \
		"turns. Cells are the median of the rounds, in parentheses the least and the most."
	echo
	echo "The machine's noise in the same run: the disk kept 4 KiB (write, fdatasync) in a median of $(cell fsync 1 2) ms," \
		"99 % within $(cell fsync 2 2) ms; the load of others before the run was $(cat "$work/load")."
	echo
}

table_requests() {
	echo "| requests | peer | a second | of the bare server | median ms | 99 % ms | bytes an answer | processor µs |"
	echo "|---|---|---|---|---|---|---|---|"
	pair "durable registrations of contacts" bare-posts rampe-posts
	pair "page with 50 contacts, read and logged" bare-pages rampe-pages
	echo
	echo "The processor's time for one request, in all threads of the server, suffers least from what else the machine does."
	echo
}

table_size() {
	echo "| Rampe | |"
	echo "|---|---|"
	echo "| from start to the first answer | $(cat "$work/rampe-first") ms |"
	echo "| resident after start | $(cut -d' ' -f1 "$work/rampe-idle") MB |"
	echo "| resident after the load, and at most | $(sed 's/ / MB, /' "$work/rampe-loaded") MB |"
	echo "| the same under that load with $(wc -l <"$work/logins") logins meanwhile | $(sed 's/ / MB, /' "$work/rampe-logged-in") MB |"
	summary_row 1,000,000 rampe-summary-1000000
	summary_row 10,000,000 rampe-summary-10000000
	echo "| the whole audit log of that load checked against its heads | $(awk '{ print $4 " entries in " $1 " s, " $3 " MB" }' "$work/rampe-audit") |"
	echo "| program, all assets inside, without debugging symbols | $(strip -o "$work/stripped" build/rampe &&
		wc -c <"$work/stripped" | awk '{ printf "%.1f", $1 / 1048576 }') MB |"
}

# Milliseconds of the summary: summary_row WHAT NAME
summary_row() {
	echo "| contacts by month and kind over $1 contacts, median and 99 % | $(cut -d' ' -f2,3 "$work/$2" | sed 's/ / ms, /') ms |"
}

# An evaluation beside the plain SQL, and how many times as long it takes.
table_evaluation() {
	echo "| evaluation of 12,500 participants, 784,100 contacts | s | processor s | MB | times the SQL (wall, processor) |"
	echo "|---|---|---|---|---|"
	echo "| plain SQL, sqlite3 | $(cell bare-evaluation 1 2) | $(cell bare-evaluation 2 2) | $(cell bare-evaluation 3 0) | |"
	echo "| rampe report --as html | $(cell rampe-evaluation 1 2) | $(cell rampe-evaluation 2 2) |" \
		"$(cell rampe-evaluation 3 0) | $(times_as_long rampe-evaluation bare-evaluation 1), $(times_as_long rampe-evaluation bare-evaluation 2) |"
	echo
}

# times_as_long NAME OTHER COLUMN: the ratio's median of the rounds
times_as_long() {
	ratio "$1" "$2" "$3" | awk '{ printf "%.1f", $2 / 100 }'
}

median() {
	spread "$1" "$2" | cut -d' ' -f2
}

# A line of what is asked of the program: asked WHAT "at least"|"at most"|under LIMIT UNIT MEASURED
asked() {
	awk -v what="$1" -v how="$2" -v limit="$3" -v unit="$4" -v x="$5" 'BEGIN {
		met = how == "at least" ? x >= limit : how == "at most" ? x <= limit : x < limit
		printf "| %s | %s %s %s | %s %s | %s |\n", what, how, limit, unit, x, unit, met ? "yes" : "**no**"
	}'
}

table_asked() {
	echo "| asked | | measured (medians) | met |"
	echo "|---|---|---|---|"
	asked "registrations with encryption, consent and audit, of the bare server" "at least" 60 % "$(ratio rampe-posts bare-posts 1 | cut -d' ' -f2)"
	asked "registrations, 99 % (bare server: $(median bare-posts 3) ms)" under 15 ms "$(median rampe-posts 3)"
	asked "pages, of the bare server" "at least" 50 % "$(ratio rampe-pages bare-pages 1 | cut -d' ' -f2)"
	asked "summary over 1,000,000 contacts" under 5 ms "$(cut -d' ' -f2 "$work/rampe-summary-1000000")"
	asked "summary over 10,000,000 contacts" under 5 ms "$(cut -d' ' -f2 "$work/rampe-summary-10000000")"
	asked "audit log checked, a million entries" under 5 s "$(cut -d' ' -f5 "$work/rampe-audit")"
	asked "evaluation, of its plain SQL" "at most" 5 times "$(times_as_long rampe-evaluation bare-evaluation 1)"
	asked "evaluation, memory" under 200 MB "$(median rampe-evaluation 3)"
	asked "1,000,000 contacts by kind and month, five answers of 100,000, survival of 100,000 spells, in one process" under 0.25 s "$(median one-process 1)"
	asked "memory of the same" under 150 MB "$(median one-process 3)"
	asked "words analysed a second, at first" "at least" 1000000 words "$(sed 's/.* first \([0-9]*\).*/\1/' "$work/words")"
	asked "index: records taken in a second" "at least" 10000 records "$(median index 1)"
	asked "index: first page, 99 % of all questions" under 50 ms "$(median index 4)"
	asked "start to first answer" under 100 ms "$(cat "$work/rampe-first")"
	asked "resident, idle" under 30 MB "$(cut -d' ' -f1 "$work/rampe-idle")"
	asked "memory under load with logins, at most" under 150 MB "$(cut -d' ' -f2 "$work/rampe-logged-in")"
	asked "program" under 10 MB "$(wc -c <"$work/stripped" | awk '{ printf "%.1f", $1 / 1048576 }')"
}

table() {
	{
		table_head
		table_requests
		table_evaluation
		table_engines
		table_size
		echo
		table_asked
	} >"$work/RESULTS.md"
	mv "$work/RESULTS.md" bench/RESULTS.md
	cat bench/RESULTS.md
}
