# What the comparisons of `rampe stats` with R share; sourced after common.sh.

# ask_r ANALYSIS SCRIPT: R makes sets of data and says what it expects, `rampe stats ANALYSIS` is run on each, and both are
# compared (see agree.js).
ask_r() {
	Rscript --vanilla "tests/against/$2.R" "$TMPDIR" || exit 1
	while read -r name options; do
		# shellcheck disable=SC2086 # several options
		"$rampe" stats "$1" "$TMPDIR/$name.csv" $options --json >"$TMPDIR/$name.json" || exit 1
	done <"$TMPDIR/sets"
	node tests/against/agree.js "$TMPDIR" >"$TMPDIR/families"
}

# agrees FAMILY LEAST: at least so many numbers of the family were compared, and none was another.
agrees() {
	read -r _ n wrong worst <<-END
		$(grep "^$1 " "$TMPDIR/families")
	END
	echo "$n numbers, $wrong of them wrong, by $worst at most"
	[ "$n" -ge "$2" ] && [ "$wrong" -eq 0 ]
}
