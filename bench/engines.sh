# shellcheck shell=sh disable=SC2154 # bench/run sets work and rounds
# The engines on files: what `rampe table`, `stats`, `search` and `evidence dedupe` take, one process each, and SQLite's
# own program beside the first.
files=$work/files
index_records=1000000

# A million contacts of three years, spells of 100,000 jobs, five answers of 100,000 people, 100,000 short documents.
engine_files() {
	mkdir -p "$files"
	awk 'BEGIN { srand(1); print "day,kind,minutes"; split("phone,meeting,email,visit,network", k, ",")
		for (i = 0; i < 1000000; i++)
			printf "20%02d-%02d-%02d,%s,%d\n", 16 + rand() * 3, 1 + rand() * 12, 1 + rand() * 28, k[1 + int(rand() * 5)], rand() * 90 }' >"$files/contacts.csv"
	awk 'BEGIN { srand(2); print "time,event,group"
		for (i = 0; i < 100000; i++) printf "%d,%d,%s\n", -400 * log(1 - rand()), rand() < 0.6, rand() < 0.5 ? "a" : "b" }' >"$files/spells.csv"
	awk 'BEGIN { srand(3); print "q1,q2,q3,q4,q5"
		for (i = 0; i < 100000; i++) printf "%d,%d,%d,%d,%d\n", 1 + rand() * 5, 1 + rand() * 5, 1 + rand() * 5, 1 + rand() * 5, 1 + rand() * 5 }' >"$files/answers.csv"
	sed -n 's/^msgstr "\(..*\)"$/\1/p' ui/text/da.po >"$files/danish.txt"
	LC_ALL=C.UTF-8 grep -oE '[[:alpha:]]+' "$files/danish.txt" | awk '{ w[n++] = $1 }
		END { srand(4); print "id,title,text"
			for (i = 0; i < 100000; i++) {
				printf "%d,", i
				for (j = 0; j < 5; j++) printf "%s ", w[int(rand() * n)]
				printf ","
				for (j = 0; j < 30; j++) printf "%s ", w[int(rand() * n)]
				print "" } }' >"$files/documents.csv"
}

by_sqlite() {
	timed sqlite3 :memory: ".import --csv $files/contacts.csv c" "SELECT kind, substr(day, 1, 7), count(*) FROM c GROUP BY 1, 2"
}

by_rampe() {
	timed build/rampe table "$files/contacts.csv" --by 'kind,month(day)' --json
}

spells_rampe() {
	timed build/rampe stats survival "$files/spells.csv" --json
}

answers_rampe() {
	timed build/rampe table "$files/answers.csv" --by q1 --by q2 --by q3 --by q4 --by q5 --json
}

search_rampe() {
	timed build/rampe search "$files/documents.csv" "fleksjob kontaktperson" --json
}

engines() {
	engine_files
	by_sqlite >/dev/null
	n=1
	while [ "$n" -le "$rounds" ]; do
		measure table-sqlite by_sqlite
		measure table-rampe by_rampe
		measure answers-rampe answers_rampe
		measure spells-rampe spells_rampe
		measure search-rampe search_rampe
		measure one-process build/bench/one_process "$files/contacts.csv" "$files/spells.csv" "$files/answers.csv"
		n=$((n + 1))
	done
	measure words build/bench/words <"$files/danish.txt"
	sed '1d; s,/.*,,' /usr/share/hunspell/da_DK.dic >"$files/words.txt"
	LC_ALL=C.UTF-8 grep -oE '[[:alpha:]]+' "$files/danish.txt" >"$files/text.txt"
	measure index build/bench/search "$work" "$index_records" "$files/text.txt" "$files/words.txt"
	rm -f "$work"/search.db*
	bench/dedupe >"$work/dedupe"
}

# engine_row WHAT NAME SHARE
engine_row() {
	echo "| $1 | $(cell "$2" 1 2) | $(cell "$2" 2 2) | $(cell "$2" 3 0) | $3 |"
}

table_engines() {
	echo "| a file, one process | s | processor s | MB | of SQLite's time |"
	echo "|---|---|---|---|---|"
	engine_row "1,000,000 contacts by kind and month, sqlite3" table-sqlite ""
	engine_row "the same, rampe table" table-rampe "$(ratio_cell table-rampe table-sqlite 1)"
	engine_row "five answers of 100,000 people, rampe table" answers-rampe ""
	engine_row "100,000 spells in two groups, rampe stats survival" spells-rampe ""
	engine_row "these three files in one process, two threads" one-process ""
	engine_row "100,000 documents of 35 words indexed and asked, rampe search" search-rampe ""
	echo
	echo "Danish words analysed: $(cat "$work/words")."
	echo
	cat "$work/dedupe"
	echo
	echo "| the index of $index_records records in a SQLite database | |"
	echo "|---|---|"
	echo "| records taken in a second, 256 to a commit; the longest commit | $(median index 1); $(median index 8) ms |"
	echo "| first page of ten with facets: one or two words, median and 99 % | $(median index 6) ms, $(median index 7) ms |"
	echo "| the same of quotations, beginnings and misspelt words too; the slowest | $(median index 3) ms, $(median index 4) ms; $(median index 5) ms |"
	echo "| database; memory at most | $(median index 2) MB; $(median index 9) MB |"
	echo
}
