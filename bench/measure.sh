# What bench/run measures with, one function each. A measurement appends one line of numbers to $work/NAME.
# shellcheck shell=sh disable=SC2154 # bench/run sets work, rounds, seconds

# measure NAME COMMAND...: its output line is kept and shown.
measure() {
	name=$1
	shift
	line=$("$@") || {
		echo "bench: $name failed: $*" >&2
		exit 1
	}
	echo "$line" >>"$work/$name"
	printf '%-16s %s\n' "$name" "$line" >&2
}

# Ticks of the processor that the process $server has used, in all its threads.
cpu_ticks() {
	sed 's/.*) //' "/proc/$server/stat" | awk '{ print $12 + $13 }'
}

# wrk with one thread and $connections connections: load SCRIPT URL ARGUMENTS... Prints requests a second, median, 99 %
# and most milliseconds, failures, bytes an answer, and the processor's microseconds for one request in the process
# $server. Any failure fails the measurement.
connections=32
server=
load() {
	script=$1
	url=$2
	shift 2
	before=$(cpu_ticks)
	wrk -t1 -c"$connections" -d"${seconds}s" -s "$BENCH/$script" "$url" -- "$@" >"$work/wrk" || return 1
	result=$(sed -n 's/^RESULT //p' "$work/wrk")
	if [ "$(echo "$result" | cut -d' ' -f5)" != 0 ]; then
		cat "$work/wrk" >&2
		return 1
	fi
	echo "$result $before $(cpu_ticks) $(getconf CLK_TCK)" | awk '{ print $1, $2, $3, $4, $5, $6, ($9 - $8) / $10 * 1e6 / $7 }'
}

# posts URL IDS TOKEN RUN: durable contact registrations.
posts() {
	load contact_post.lua "$@"
}

# pages URL IDS HEADER PREFIX SUFFIX: a participant's page with 50 contacts, or what else an id stands in.
pages() {
	load page_get.lua "$@"
}

# Least, median and most of a column of a measurement: spread NAME COLUMN
spread() {
	cut -d' ' -f"$2" "$work/$1" | sort -n | awk '
		{ v[NR] = $1 }
		END { printf "%s %s %s\n", v[1], NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2, v[NR] }'
}

# Least, median and most of the rounds' ratios in per cent, of one column: ratio NAME OTHER COLUMN
ratio() {
	paste -d' ' "$work/$1" "$work/$2" | awk -v c="$3" '{ printf "%.1f\n", 100 * $c / $(c + NF / 2) }' >"$work/ratio"
	spread ratio 1
}
