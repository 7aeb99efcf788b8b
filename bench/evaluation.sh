# shellcheck shell=sh disable=SC2154 # bench/run sets work and rounds
# An evaluation of a programme a hundred times as large, beside the plain SQL that counts the same (evaluation.sql).
large=$work/large

# Wall seconds, the processor's seconds and megabytes of one run: timed COMMAND...
timed() {
	/usr/bin/time -f '%e %U %S %M' -o "$work/time" "$@" >"$work/timed.out" || return 1
	awk '{ printf "%.2f %.2f %.0f\n", $1, $2 + $3, $4 / 1024 }' "$work/time"
}

bare_evaluation() {
	timed sqlite3 "$large/rampe.db" ".read $BENCH/evaluation.sql"
}

rampe_evaluation() {
	timed build/rampe --db "sqlite:$large/rampe.db" report rampen --as html -o "$work/large.html"
}

evaluations() {
	echo "playing a programme of 12,500 participants (some minutes)" >&2
	build/rampe demo --folder "$large" --scale 100 --no-report >"$work/large.out" 2>"$work/large.err"
	bare_evaluation >/dev/null
	n=1
	while [ "$n" -le "$rounds" ]; do
		measure bare-evaluation bare_evaluation
		measure rampe-evaluation rampe_evaluation
		n=$((n + 1))
	done
}
