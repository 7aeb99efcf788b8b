# Writes bench/RESULTS.md from the measurements in $work.
# shellcheck shell=sh disable=SC2154 # bench/run sets work, rounds, seconds

# "median (least – most)" of a column, with that many decimals: cell NAME COLUMN DECIMALS
cell() {
	spread "$1" "$2" | awk -v d="$3" '{ printf "%.*f (%.*f–%.*f)", d, $2, d, $1, d, $3 }'
}

# The same of the rounds' ratios, in per cent: ratio_cell NAME OTHER COLUMN
ratio_cell() {
	ratio "$1" "$2" "$3" | awk '{ printf "%.0f %% (%.0f–%.0f)", $2, $1, $3 }'
}

# A line of the table of requests: load_row WHAT PEER NAME BARE
load_row() {
	share="100 %"
	[ "$3" = "$4" ] || share=$(ratio_cell "$3" "$4" 1)
	echo "| $1 | $2 | $(cell "$3" 1 0) | $share | $(cell "$3" 2 2) | $(cell "$3" 3 2) | $(cell "$3" 6 0) |"
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
	echo "| | peer | requests/s | of the bare server | median ms | 99 % ms | bytes an answer |"
	echo "|---|---|---|---|---|---|---|"
	load_row "durable registrations of contacts" bare bare-posts bare-posts
	[ ! -f "$work/rampe-posts" ] || load_row "durable registrations of contacts" Rampe rampe-posts bare-posts
	load_row "page with 50 contacts" bare bare-pages bare-pages
	[ ! -f "$work/rampe-pages" ] || load_row "page with 50 contacts" Rampe rampe-pages bare-pages
}

table() {
	{
		table_head
		table_requests
	} >"$work/RESULTS.md"
	mv "$work/RESULTS.md" bench/RESULTS.md
	cat bench/RESULTS.md
}
